/** What the library relies on in a store: that it keeps what it was told, all of it or nothing, and gives it back. */
import {
  encodeBase64,
  encodeUtf8,
  isDimError,
  keyDigest,
  readMarkOf,
  verifyDocument,
  verifyMeta,
  type Awaitable,
  type Document,
  type ID,
  type ReadMark,
  type VerifiedDocument,
} from 'dkd';
import { TextContent } from '../contents/text.ts';
import type { Dim } from '../create-dim.ts';
import type { User } from '../accounts/create-user.ts';
import type { Change, Store } from '../trust/change.ts';
import { knownDocuments, knownMeta } from '../trust/known-identity.ts';
import type { KeptMessageKey } from '../trust/memory.ts';
import { ownKeys } from '../trust/own-keys.ts';
import { Contract, type ContractReport } from './contract-report.ts';

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

/**
 * Checks a store, by whatever it does and not by how: run it against each adapter of a database.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { createDim, MemoryStore } from 'dimp';
 * import { assertContract, checkStore } from 'dimp/testkit';
 * import { standardPlugins } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugins()] });
 * assertContract(await checkStore({ dim, open: () => new MemoryStore() }));
 * ```
 */
export async function checkStore(samples: StoreSamples): Promise<ContractReport> {
  const contract = new Contract();
  const people = await peopleOf(samples.dim);
  await checkReading(contract, samples, people);
  await checkMessageKeys(contract, samples, people);
  await checkMarks(contract, samples, people);
  await checkAtomicity(contract, samples, people);
  await checkForgetting(contract, samples, people);
  return contract.report();
}

/** Whom a store is told of. */
interface People {
  readonly alice: User;
  readonly bob: User;
  /** Alice's documents, verified. */
  readonly documents: readonly VerifiedDocument[];
  readonly group: ID;
}

/** What a memory may answer where it has nothing. */
const isNothing = (answer: unknown): boolean =>
  answer === undefined || answer === null || (Array.isArray(answer) && answer.length === 0);

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && new Set([...one, ...other]).size === one.length;
}

async function peopleOf(dim: Dim): Promise<People> {
  const options = { algorithm: 'ECC', visaAlgorithms: ['RSA'] };
  const [alice, bob] = await Promise.all([
    dim.createUser({ name: 'Alice', seed: 'alice', terminals: ['phone', 'tablet'], ...options }),
    dim.createUser({ name: 'Bob', ...options }),
  ]);
  const owner = await verifyMeta(alice.meta, alice.id);
  const documents: VerifiedDocument[] = [];
  for (const visa of alice.visas) {
    const verified = owner && (await verifyDocument<Document>(visa, owner));
    if (verified) documents.push(verified);
  }
  const { id: group } = await dim.createGroup({ founder: alice, members: [bob.id], name: 'Team', seed: 'team' });
  return { alice, bob, documents, group };
}

async function pinOf({ alice }: People, isProven = true): Promise<Change> {
  const meta = await verifyMeta(alice.meta, alice.id);
  if (!meta) throw new Error('the meta of a new user does not verify');
  return { do: 'pin-meta', id: alice.id, meta, isProven };
}

async function identityChanges(people: People): Promise<readonly Change[]> {
  const { alice, bob, documents, group } = people;
  return [
    { do: 'add-contact', id: alice.id },
    await pinOf(people),
    ...documents.map((document): Change => ({ do: 'keep-document', document })),
    { do: 'keep-keys', id: alice.id, keys: alice.keys },
    { do: 'set-members', group, members: [alice.id, bob.id] },
  ];
}

/** A store that was told everything, opened again where that can be. */
async function filled(samples: StoreSamples, changes: readonly Change[]): Promise<Store> {
  const store = await samples.open();
  await store.commit(changes);
  return samples.reopen === undefined ? store : samples.reopen(store);
}

async function checkReading(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const { dim } = samples;
  const { alice, bob, group, documents } = people;
  await contract.expect('an empty store gives nothing, or null, or an empty list', async () => {
    const store = await samples.open();
    const direction = { sender: alice.id, destination: bob.id };
    const answers = await Promise.all([
      store.meta(alice.id),
      store.documents(alice.id),
      store.keys(alice.id),
      store.members(group),
      store.messageKeys(direction, 'send'),
      store.messageKeys(direction, 'receive'),
    ]);
    return answers.every((answer) => isNothing(answer));
  });
  const store = await filled(samples, await identityChanges(people));
  await contract.expect('the pinned meta comes back, and whether it is proven', async () => {
    const known = await knownMeta(dim, store, alice.id);
    return known?.isProven === true && known.meta.meta.serialize() === alice.meta.serialize();
  });
  await contract.expect('the pin of an ID is replaced by the next one', async () => {
    const other = await filled(samples, [await pinOf(people), await pinOf(people, false)]);
    return (await knownMeta(dim, other, alice.id))?.isProven === false;
  });
  await contract.expect('all documents of an ID come back, and none that was dropped', async () => {
    const known = await knownMeta(dim, store, alice.id);
    if (known === undefined || documents.length !== 2) return false;
    const [first, second] = documents as readonly [VerifiedDocument, VerifiedDocument];
    const both = await knownDocuments(dim, store, known);
    const dropped = await filled(samples, [
      ...(await identityChanges(people)),
      { do: 'drop-document', document: first },
    ]);
    const left = await knownDocuments(dim, dropped, known);
    const dataOf = (list: readonly VerifiedDocument[]) => list.map(({ document }) => document.data ?? '');
    return isSameSet(dataOf(both), dataOf(documents)) && isSameSet(dataOf(left), dataOf([second]));
  });
  await contract.expect('private keys come back by role and terminal', async () => {
    const { identity, decrypt } = await ownKeys(dim, store, alice.id);
    const textOf = (keys: typeof decrypt) =>
      keys.map(({ terminal, key }) => `${terminal} ${keyDigest(key)}`).join('\n');
    return (
      identity !== undefined &&
      keyDigest(identity) === keyDigest(alice.keys.identity) &&
      textOf(decrypt) === textOf(alice.keys.decrypt)
    );
  });
  await contract.expect('the members of a group come back in their order, and are replaced as a whole', async () => {
    const changed = await filled(samples, [
      { do: 'set-members', group, members: [alice.id, bob.id] },
      { do: 'set-members', group, members: [bob.id] },
    ]);
    const namesOf = (ids: readonly ID[] | null | undefined) => (ids ?? []).map((id) => id.entityKey).join('\n');
    return (
      namesOf(await store.members(group)) === namesOf([alice.id, bob.id]) &&
      namesOf(await changed.members(group)) === namesOf([bob.id])
    );
  });
  await contract.expect('terminals make no difference to whose something is', async () => {
    const at = alice.id.at('somewhere');
    return (
      !isNothing(await store.meta(at)) && !isNothing(await store.documents(at)) && !isNothing(await store.keys(at))
    );
  });
  await contract.expect('other names and addresses do, in each letter', async () => {
    const others = ['Alice', 'alicE', 'alic', 'alice_', 'al%', 'Älice'].map((name) =>
      dim.ID.create({ name, address: alice.id.address }),
    );
    const all = [...others, dim.ID.create({ address: alice.id.address }), bob.id, group];
    for (const id of all) {
      const answers = [await store.meta(id), await store.documents(id), await store.keys(id)];
      if (!answers.every((answer) => isNothing(answer))) return false;
    }
    return true;
  });
}

async function checkMessageKeys(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const { alice, bob, group } = people;
  const direction = { sender: alice.id, destination: bob.id };
  const entryOf = async (time: number): Promise<KeptMessageKey> => {
    const key = await samples.dim.SymmetricKey.generate('AES');
    return { key, digest: keyDigest(key), time, terminal: 'phone', recipients: 'all', isHandedOver: false };
  };
  const [one, two] = [await entryOf(1), await entryOf(2)];
  const keep = (entry: KeptMessageKey, use: 'send' | 'receive' = 'send'): Change => ({
    do: 'keep-message-key',
    direction,
    use,
    entry,
  });
  const textsOf = (entries: readonly KeptMessageKey[] | null | undefined) =>
    (entries ?? []).map(({ digest, time, terminal, recipients, isHandedOver }) =>
      JSON.stringify([digest, time, terminal ?? null, recipients ?? null, isHandedOver ?? null]),
    );
  await contract.expect('message keys come back, several of a direction, with all that was said of them', async () => {
    const store = await filled(samples, [keep(one), keep(two)]);
    return isSameSet(textsOf(await store.messageKeys(direction, 'send')), textsOf([one, two]));
  });
  await contract.expect('a message key of the same digest is replaced, and a dropped one is gone', async () => {
    const handedOver = { ...one, isHandedOver: true };
    const store = await filled(samples, [
      keep(one),
      keep(two),
      keep(handedOver),
      { do: 'drop-message-key', direction, use: 'send', digest: two.digest },
    ]);
    return isSameSet(textsOf(await store.messageKeys(direction, 'send')), textsOf([handedOver]));
  });
  await contract.expect('keys to send with are none that came in, nor those of another direction', async () => {
    const store = await filled(samples, [keep(one, 'receive')]);
    const others = await Promise.all([
      store.messageKeys(direction, 'send'),
      store.messageKeys({ sender: bob.id, destination: alice.id }, 'receive'),
      store.messageKeys({ sender: alice.id, destination: group }, 'receive'),
    ]);
    return (
      others.every((answer) => isNothing(answer)) &&
      isSameSet(textsOf(await store.messageKeys(direction, 'receive')), textsOf([one]))
    );
  });
}

function markOf({ dim }: StoreSamples, { alice, bob }: People, number: number): ReadMark {
  const data = encodeBase64(encodeUtf8(`${number}`));
  const map = { sender: alice.id.toString(), receiver: bob.id.toString(), data, signature: 'AAAA' };
  return readMarkOf(bob.id, dim.ReliableMessage.parse(map), TextContent.create('x'));
}

/** How many of several commits at the same time were made; those that were not say why. */
async function outcomes(commits: readonly Promise<void>[]): Promise<{ made: number; isReplay: boolean }> {
  const results = await Promise.allSettled(commits);
  const failed = results.filter((result) => result.status === 'rejected');
  const isReplay = failed.every(({ reason }) => isDimError(reason) && reason.code === 'INPUT_REPLAY');
  return { made: results.length - failed.length, isReplay };
}

/** A commit that throws at once is one that is refused. */
const commit = async (store: Store, changes: readonly Change[]): Promise<void> => store.commit(changes);

async function checkMarks(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const mark = markOf(samples, people, 1);
  const marked: Change = { do: 'mark-read', mark };
  await contract.expect('what was read is known as read, for its reader and no other', async () => {
    const store = await filled(samples, [marked]);
    const fresh = await samples.open();
    return (
      (await fresh.readState(mark)) === 'new' &&
      (await store.readState(mark)) === 'read' &&
      (await store.readState(markOf(samples, people, 2))) === 'new' &&
      (await store.readState({ ...mark, reader: people.group })) === 'new' &&
      (await store.readState({ ...mark, sender: people.bob.id })) === 'new'
    );
  });
  await contract.expect('a mark is made once: the second commit fails with INPUT_REPLAY', async () => {
    const store = await filled(samples, [marked]);
    const { made, isReplay } = await outcomes([commit(store, [marked])]);
    return made === 0 && isReplay;
  });
  await contract.expect(
    'of several commits at once with one mark, one is made, and the others are INPUT_REPLAY',
    async () => {
      const store = await samples.open();
      const { made, isReplay } = await outcomes(Array.from({ length: 8 }, async () => commit(store, [marked])));
      return made === 1 && isReplay;
    },
  );
  await contract.expect('commits at the same time are all kept', async () => {
    const store = await samples.open();
    const marks = Array.from({ length: 20 }, (_, index) => markOf(samples, people, index + 1));
    await Promise.all(marks.map(async (each) => commit(store, [{ do: 'mark-read', mark: each }])));
    const states = await Promise.all(marks.map(async (each) => store.readState(each)));
    return states.every((state) => state === 'read');
  });
}

async function checkAtomicity(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const { alice, group } = people;
  const mark = markOf(samples, people, 1);
  await contract.expect('of a commit that fails nothing is kept, whatever stands before and after', async () => {
    const store = await filled(samples, [{ do: 'mark-read', mark }]);
    const before = markOf(samples, people, 2);
    const all: readonly Change[] = [
      { do: 'mark-read', mark: before },
      ...(await identityChanges(people)),
      { do: 'mark-read', mark },
      { do: 'set-members', group, members: [alice.id] },
    ];
    const { made } = await outcomes([commit(store, all)]);
    return (
      made === 0 &&
      isNothing(await store.meta(alice.id)) &&
      isNothing(await store.documents(alice.id)) &&
      isNothing(await store.keys(alice.id)) &&
      isNothing(await store.members(group)) &&
      (await store.readState(before)) === 'new'
    );
  });
}

async function checkForgetting(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const { alice, bob } = people;
  await contract.expect(
    'what is forgotten of an ID is gone, its read marks are not, and others are untouched',
    async () => {
      const key = await samples.dim.SymmetricKey.generate('AES');
      const entry = { key, digest: keyDigest(key), time: 1 };
      const [to, from] = [
        { sender: bob.id, destination: alice.id },
        { sender: alice.id, destination: bob.id },
      ];
      const other = { sender: bob.id, destination: people.group };
      const mark = markOf(samples, people, 1);
      const store = await filled(samples, [
        ...(await identityChanges(people)),
        { do: 'keep-message-key', direction: to, use: 'send', entry },
        { do: 'keep-message-key', direction: from, use: 'receive', entry },
        { do: 'keep-message-key', direction: other, use: 'send', entry },
        { do: 'mark-read', mark },
        { do: 'forget', id: alice.id },
      ]);
      return (
        isNothing(await store.meta(alice.id)) &&
        isNothing(await store.documents(alice.id)) &&
        isNothing(await store.messageKeys(to, 'send')) &&
        isNothing(await store.messageKeys(from, 'receive')) &&
        !isNothing(await store.messageKeys(other, 'send')) &&
        (await store.readState(mark)) === 'read'
      );
    },
  );
}
