/** What is known of an identity, read from memory and checked: nothing that a memory gives back is simply believed. */
import {
  asDimError,
  DimError,
  VerifiedDocument,
  VerifiedMeta,
  verifyDocument,
  verifyMeta,
  type Codec,
  type Document,
  type ID,
  type Meta,
} from 'dkd';
import type { Memory } from './memory.ts';
import { newestOf } from './newest-documents.ts';

/** Reads metas and documents; a context does. */
export interface IdentityCodecs {
  readonly Meta: Codec<Meta>;
  readonly Document: Codec<Document>;
}

/** A pinned meta that was checked. */
export interface KnownMeta {
  readonly meta: VerifiedMeta;
  readonly isProven: boolean;
}

/**
 * The pinned meta of an ID.
 * @throws DimError `INTERNAL_STORE` when memory gives that of another
 */
export async function knownMeta(codecs: IdentityCodecs, memory: Memory, id: ID): Promise<KnownMeta | undefined> {
  const pinned = await memory.meta(id);
  if (pinned === undefined || pinned === null) return undefined;
  const { meta, isProven } = pinned;
  if (VerifiedMeta.is(meta)) {
    if (!meta.id.equals(id)) throw wrongStore('the meta of another ID', id);
    return { meta, isProven };
  }
  const verified = await verifyMeta(
    fromStore('meta', () => codecs.Meta.parse(meta)),
    id,
  );
  if (!verified) throw wrongStore('a meta that is not of the ID', id);
  return { meta: verified, isProven };
}

/**
 * The documents of an ID whose meta is known, as far as they count: see {@link newestOf}.
 * @throws DimError `INTERNAL_STORE` when memory gives one of another, or one that a proven meta did not sign
 */
export async function knownDocuments(
  codecs: IdentityCodecs,
  memory: Memory,
  { meta, isProven }: KnownMeta,
): Promise<readonly VerifiedDocument[]> {
  const kept = (await memory.documents(meta.id)) ?? [];
  const verified: VerifiedDocument[] = [];
  for (const item of kept) {
    const document = await checkDocument(codecs, item, meta);
    if (document) verified.push(document);
    // Of two processes, one may have pinned a meta that proves nothing after the other kept a document of the right one.
    else if (isProven) throw wrongStore('a document that is not signed by the pinned meta', meta.id);
  }
  return newestOf(verified);
}

function checkDocument(
  codecs: IdentityCodecs,
  item: NonNullable<Awaited<ReturnType<Memory['documents']>>>[number],
  owner: VerifiedMeta,
): Promise<VerifiedDocument | false> {
  const isVerified = VerifiedDocument.is(item);
  const document = isVerified ? item.document : fromStore('documents', () => codecs.Document.parse(item));
  if (!document.did.equals(owner.id)) throw wrongStore('a document of another ID', owner.id);
  // Verified once for each object, also where it was verified before.
  return verifyDocument(document, owner);
}

/**
 * Reads what a store gave back, so that what is no such thing is the store's matter, and the error names its method.
 * @throws DimError `INTERNAL_STORE`
 */
export function fromStore<T>(method: keyof Memory, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const known = asDimError(error);
    if (!known.code.startsWith('INPUT_')) throw error;
    const { path } = known.within(`store.${method}`);
    throw new DimError('INTERNAL_STORE', known.reason, { path, cause: error });
  }
}

function wrongStore(what: string, id: ID): DimError {
  return new DimError('INTERNAL_STORE', `the store gave ${what} for ${id.toString()}`);
}
