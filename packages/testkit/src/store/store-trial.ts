/** What all rules about stores are checked with: people, and stores that were told of them. */
import {
  verifyDocument,
  verifyMeta,
  type Awaitable,
  type Change,
  type Dim,
  type Document,
  type ID,
  type Store,
  type User,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dimp';
import type { Contract } from '../report/contract.ts';

/** How to get a store to be checked. */
export interface StoreSamples {
  /** A context with the plugins that the store is used with. */
  readonly dim: Dim;
  /** A new, empty store. */
  open(): Awaitable<Store>;
  /**
   * The same store after a restart: what was committed must be there. Left out for a store that forgets by design.
   */
  reopen?(store: Store): Awaitable<Store>;
}

/** Whom a store is told of. */
export interface People {
  readonly alice: User;
  readonly bob: User;
  /** Alice's meta and documents, verified. */
  readonly meta: VerifiedMeta;
  readonly documents: readonly VerifiedDocument[];
  readonly group: ID;
}

/** One run of the contract. */
export interface StoreTrial {
  readonly contract: Contract;
  readonly samples: StoreSamples;
  readonly people: People;
}

/** Two people and a group of theirs. */
export async function createPeople(dim: Dim, contract: Contract): Promise<People> {
  const options = { algorithm: 'ECC', visaAlgorithms: ['RSA'] };
  const [alice, bob] = await Promise.all([
    dim.createUser({ name: 'Alice', seed: 'alice', terminals: ['phone', 'tablet'], ...options }),
    dim.createUser({ name: 'Bob', ...options }),
  ]);
  for (const { identity, decrypt } of [alice.keys, bob.keys]) {
    contract.keepSecret(identity.fields);
    for (const { key } of decrypt) contract.keepSecret(key.fields);
  }
  const meta = await verifyMeta(alice.meta, alice.id);
  if (!meta) throw new Error('the meta of a new user does not verify');
  const documents: VerifiedDocument[] = [];
  for (const visa of alice.visas) {
    const document = await verifyDocument<Document>(visa, meta);
    if (document) documents.push(document);
  }
  const { id: group } = await dim.createGroup({ founder: alice, members: [bob.id], name: 'Team', seed: 'team' });
  return { alice, bob, meta, documents, group };
}

export function pinOf({ alice, meta }: People, isProven = true): Change {
  return { do: 'pin-meta', id: alice.id, meta, isProven };
}

/** A pin of the same ID that replaces the first one: its meta has a field more, and it is not proven. */
export async function nextPin({ samples, people }: StoreTrial): Promise<Change> {
  const { id, meta: own } = people.alice;
  const meta = await verifyMeta(samples.dim.Meta.parse({ ...own.toMap(), next: true }), id);
  if (!meta) throw new Error('the meta of a new user does not verify');
  return { do: 'pin-meta', id, meta, isProven: false };
}

/** All that is kept of Alice, and the members of the group. */
export function identityChanges(people: People): readonly Change[] {
  const { alice, bob, documents, group } = people;
  return [
    { do: 'add-contact', id: alice.id },
    pinOf(people),
    ...documents.map((document): Change => ({ do: 'keep-document', document })),
    { do: 'keep-keys', id: alice.id, keys: alice.keys },
    { do: 'set-members', group, members: [alice.id, bob.id] },
  ];
}

/** A store that was told everything, opened again where that can be. */
export async function filled(samples: StoreSamples, changes: readonly Change[]): Promise<Store> {
  const store = await samples.open();
  await store.commit(changes);
  return samples.reopen === undefined ? store : samples.reopen(store);
}

/** The text in letters of another case: a column that compares without case takes the two for one. */
export function inOtherCase(text: string): string {
  const lower = text.toLowerCase();
  return text === lower ? text.toUpperCase() : lower;
}

/** An ID that differs in the case of its name alone. */
export function otherCaseOf({ dim }: StoreSamples, { name = '', address }: ID): ID {
  return dim.ID.create({ name: inOtherCase(name), address });
}
