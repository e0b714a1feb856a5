/** What is known of a group's identity: its key, its bulletins, and whose key it is. Nothing that a store gives is believed. */
import {
  Bulletin,
  DimError,
  isDimError,
  isFounder,
  learnIdentity,
  VerifiedDocument,
  verifyDocument,
  type Dim,
  type Document,
  type ID,
  type Memory,
  type Missing,
  type VerifiedMeta,
} from 'dimp';
import { compareBulletins, readBulletin, type GroupBulletin } from './group-bulletin.ts';

/** Whose a group is. */
export type Ownership =
  | { readonly owner: ID }
  /** Nobody is its owner yet: this is to be fetched. */
  | { readonly owner: undefined; readonly missing: readonly Missing[] };

/** The pinned meta of an identity, verified. @throws DimError `INTERNAL_STORE` */
export async function knownMeta(dim: Dim, memory: Memory, id: ID): Promise<VerifiedMeta | undefined> {
  try {
    return (await learnIdentity(dim, memory, { id })).value.meta;
  } catch (error) {
    if (isDimError(error) && error.code === 'MISSING_META') return undefined;
    throw error;
  }
}

/** The bulletins among some documents that the key of the group has signed; each once, in order. */
export async function verifiedBulletins(
  dim: Dim,
  meta: VerifiedMeta,
  documents: readonly Document[],
): Promise<readonly GroupBulletin[]> {
  const bulletins = new Map<string, GroupBulletin>();
  for (const document of documents) {
    if (!(document instanceof Bulletin)) continue;
    const bulletin = readBulletin(dim, document);
    if (!bulletins.has(bulletin.id) && (await verifyDocument(document, meta))) bulletins.set(bulletin.id, bulletin);
  }
  return [...bulletins.values()].sort(compareBulletins);
}

/** The documents that a memory has of a group; not verified. */
export async function keptDocuments(dim: Dim, memory: Memory, group: ID): Promise<readonly Document[]> {
  const kept = (await memory.documents(group)) ?? [];
  return kept.map((item) => {
    if (VerifiedDocument.is(item)) return item.document;
    try {
      return dim.Document.parse(item);
    } catch (cause) {
      throw new DimError('INTERNAL_STORE', `the store gave what is no document of ${group.toString()}`, { cause });
    }
  });
}

/**
 * Who owns a group: the founder that its newest bulletin names, if the group's key is that user's. Anybody can make a
 * group, and write into its bulletin that somebody else did.
 */
export async function ownershipOf(
  dim: Dim,
  memory: Memory,
  meta: VerifiedMeta,
  bulletin: GroupBulletin,
): Promise<Ownership> {
  const { founder } = bulletin;
  if (founder === undefined) return { owner: undefined, missing: [] };
  const known = await knownMeta(dim, memory, founder);
  if (known === undefined) return { owner: undefined, missing: [{ what: 'meta', id: founder }] };
  return (await isFounder(meta, known)) ? { owner: founder } : { owner: undefined, missing: [] };
}

/** The newest bulletin among documents that a memory keeps; not verified. */
export function newestBulletinOf(dim: Pick<Dim, 'sha256'>, documents: readonly Document[]): GroupBulletin | undefined {
  return documents
    .filter((document) => document instanceof Bulletin)
    .map((document) => readBulletin(dim, document))
    .sort(compareBulletins)
    .at(-1);
}
