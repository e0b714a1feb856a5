/** What a store knows of an identity. */
import type { Document, ID, Memory, Meta } from 'dimp';
import { knownDocuments, knownMeta } from 'dimp/internal';
import { dim } from './dim.ts';

/** What is known of somebody. */
export interface KnownIdentity {
  readonly meta: Meta | undefined;
  /** The newest first. */
  readonly documents: readonly Document[];
}

/** What is kept of an ID. */
export async function knownIdentity(store: Memory, id: ID): Promise<KnownIdentity> {
  const meta = await knownMeta(dim, store, id);
  if (meta === undefined) return { meta: undefined, documents: [] };
  const documents = (await knownDocuments(dim, store, meta)).map(({ document }) => document);
  documents.sort((one, other) => (other.time ?? 0) - (one.time ?? 0));
  return { meta: meta.meta.meta, documents };
}

/** The name that somebody has chosen; nobody checks it. */
export async function nameOf(store: Memory, id: ID): Promise<string | undefined> {
  const { documents } = await knownIdentity(store, id);
  return documents[0]?.name;
}
