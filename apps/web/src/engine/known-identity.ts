/** What the store knows of an identity, verified. */
import type { Document, ID, Memory, VerifiedMeta } from 'dimp';
import { knownDocuments, knownMeta } from 'dimp/internal';
import { dim } from './dim.ts';

export interface KnownIdentity {
  readonly meta: VerifiedMeta | undefined;
  /** The newest first. */
  readonly documents: readonly Document[];
}

export async function knownIdentity(store: Memory, id: ID): Promise<KnownIdentity> {
  const known = await knownMeta(dim, store, id);
  if (known === undefined) return { meta: undefined, documents: [] };
  const documents = (await knownDocuments(dim, store, known)).map(({ document }) => document);
  documents.sort((one, other) => (other.time ?? 0) - (one.time ?? 0));
  return { meta: known.meta, documents };
}

/** The name that somebody has chosen, as it was signed; nobody checks what it says. */
export async function chosenName(store: Memory, id: ID): Promise<string | undefined> {
  const { documents } = await knownIdentity(store, id);
  return documents[0]?.name;
}
