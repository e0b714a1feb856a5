/** What is known of an identity, read from memory and checked: nothing that a memory gives back is simply believed. */
import {
  VerifiedDocument,
  VerifiedMeta,
  verifyDocument,
  verifyMeta,
  type Awaitable,
  type Codec,
  type Document,
  type ID,
  type Meta,
} from 'dkd';
import { after, hasBrand, ifReadable, isOfOddTerminal } from 'dkd/internal';
import { asStoreFault, isObject, listOf, wrongStore } from '../memory/from-store.ts';
import type { Memory, PinnedMeta } from '../memory/memory.ts';
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
 * @throws DimError `INTERNAL_STORE` when memory gives that of another, or what is no meta
 */
export function knownMeta(codecs: IdentityCodecs, memory: Memory, id: ID): Awaitable<KnownMeta | undefined> {
  return after(memory.meta(id), (pinned) => {
    if (pinned === undefined || pinned === null) return undefined;
    return verifiedPin(pinned, id) ?? verifyPinned(codecs, pinned, id);
  });
}

/** What memory gives, where a look at it is enough. What is wrong with anything else is said by whoever verifies it. */
function verifiedPin(pinned: PinnedMeta, id: ID): KnownMeta | undefined {
  return ifReadable(() => {
    const { meta, isProven } = pinned;
    return VerifiedMeta.is(meta) && meta.id.equals(id) ? { meta, isProven } : undefined;
  });
}

async function verifyPinned(codecs: IdentityCodecs, pinned: PinnedMeta, id: ID): Promise<KnownMeta> {
  try {
    const { meta, isProven } = pinned;
    if (VerifiedMeta.is(meta) && !meta.id.equals(id)) throw wrongStore('meta', id, 'the meta of another ID');
    const verified = await verifyMeta(codecs.Meta.parse(unverified(meta)), id);
    if (!verified) throw wrongStore('meta', id, 'a meta that is not of the ID');
    return { meta: verified, isProven };
  } catch (error) {
    throw asStoreFault('meta', id, error);
  }
}

/**
 * The documents of an ID whose meta is known, as far as they count: see {@link newestOf}.
 * @throws DimError `INTERNAL_STORE` when memory gives one of another, one that a proven meta did not sign, or none at all
 */
export function knownDocuments(
  codecs: IdentityCodecs,
  memory: Memory,
  known: KnownMeta,
): Awaitable<readonly VerifiedDocument[]> {
  const { meta } = known;
  return after(memory.documents(meta.id), (list) => {
    const kept = listOf('documents', meta.id, list, isObject);
    return verifiedBefore(kept, meta) ?? verifyKept(codecs, kept, known);
  });
}

/** Where memory gives what was verified for this owner, as nearly always, nothing is left to wait for. */
function verifiedBefore(kept: readonly KeptItem[], owner: VerifiedMeta): readonly VerifiedDocument[] | undefined {
  const verified: VerifiedDocument[] = [];
  for (const item of kept) {
    const known = VerifiedDocument.is(item) ? VerifiedDocument.known(item.document, owner) : undefined;
    if (known === undefined) return undefined;
    verified.push(known);
  }
  try {
    return newestOf(verified);
  } catch (error) {
    throw asStoreFault('documents', owner.id, error);
  }
}

async function verifyKept(
  codecs: IdentityCodecs,
  kept: readonly KeptItem[],
  { meta, isProven }: KnownMeta,
): Promise<readonly VerifiedDocument[]> {
  const verified: VerifiedDocument[] = [];
  try {
    for (const item of kept) {
      const document = readItem(codecs, item, meta);
      if (document === undefined) continue;
      // Verified once for each object, also where it was verified before.
      const answer = await verifyDocument(document, meta);
      if (answer) verified.push(answer);
      // Of two processes, one may have pinned a meta that proves nothing after the other kept a document of the right one.
      else if (isProven) throw wrongStore('documents', meta.id, 'a document that is not signed by the pinned meta');
    }
    return newestOf(verified);
  } catch (error) {
    throw asStoreFault('documents', meta.id, error);
  }
}

/** What another copy of the packages verified, and a store of both gave: here it is verified anew. */
function unverified(kept: object): unknown {
  if (hasBrand(kept, 'mkm.VerifiedMeta')) return (kept as VerifiedMeta).meta;
  return hasBrand(kept, 'mkm.VerifiedDocument') ? (kept as VerifiedDocument).document : kept;
}

type KeptItem = NonNullable<Awaited<ReturnType<Memory['documents']>>>[number];

/** @returns undefined for one that is left out */
function readItem(codecs: IdentityCodecs, item: KeptItem, { id }: VerifiedMeta): Document | undefined {
  const document = VerifiedDocument.is(item) ? item.document : readKept(codecs, item);
  if (document !== undefined && !document.did.equals(id)) throw wrongStore('documents', id, 'a document of another ID');
  return document;
}

/** A visa that was kept before anybody looked at its terminal takes nothing from the user's other ones. */
function readKept({ Document: codec }: IdentityCodecs, item: object): Document | undefined {
  try {
    return codec.parse(unverified(item));
  } catch (error) {
    if (isOfOddTerminal(error)) return undefined;
    throw error;
  }
}
