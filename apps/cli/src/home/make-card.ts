/** Cards from what a store knows. */
import { Visa, type Document, type ID, type Memory, type Meta } from 'dimp';
import type { IdentityCard, OwnCard } from './cards.ts';
import { entityTypeName } from './entity-type-name.ts';
import { knownIdentity } from './known-identity.ts';

/** What is known of an identity. */
export interface IdentityFacts {
  readonly id: ID;
  readonly meta: Meta | undefined;
  /** The newest first. */
  readonly documents: readonly Document[];
  readonly isOwn: boolean;
}

/** What is told of it. */
export function cardOf({ id, meta, documents, isOwn }: IdentityFacts): IdentityCard {
  return {
    id: id.toString(),
    type: entityTypeName(id),
    name: documents[0]?.name ?? null,
    isOwn,
    meta: meta === undefined ? null : { type: meta.type, algorithm: meta.publicKey.algorithm, seed: meta.seed ?? null },
    visas: documents
      .filter((document) => document instanceof Visa)
      .map((visa) => ({
        terminal: visa.terminal ?? null,
        name: visa.name ?? null,
        time: visa.time ?? null,
        keys: visa.encryptKeys.map(({ algorithm }) => algorithm),
      })),
  };
}

/** What others need to write to somebody. */
export function contactOf({ id, meta, documents }: IdentityFacts): OwnCard['contact'] {
  return { id: id.toString(), meta: meta?.fields ?? null, visas: documents.map(({ fields }) => fields) };
}

/** The identities of a store. */
export async function ownCards(store: Memory, users: readonly ID[]): Promise<readonly OwnCard[]> {
  return Promise.all(
    users.map(async (id) => {
      const facts = { id, ...(await knownIdentity(store, id)), isOwn: true };
      return { card: cardOf(facts), contact: contactOf(facts) };
    }),
  );
}
