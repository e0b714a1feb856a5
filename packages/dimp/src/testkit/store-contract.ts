/** What the library relies on in a store: that it keeps what it was told, all of it or nothing, and gives it back. */
import {
  isDimError,
  verifyDocument,
  verifyMeta,
  Visa,
  type Awaitable,
  type Document,
  type ID,
  type KeyDirection,
  type ReadMark,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dkd';
import { typeName, encodeBase64, encodeUtf8, keyDigest } from 'dkd/extend';
import { readMarkOf } from 'dkd/internal';
import { TextContent } from '../contents/text.ts';
import type { Dim } from '../context/create-dim.ts';
import type { User } from '../accounts/create-user.ts';
import { MAX_KEYS } from '../message-keys/message-keys.ts';
import type { Change, Store } from '../memory/change.ts';
import { knownDocuments, knownMeta } from '../trust/known-identity.ts';
import type { KeptMessageKey } from '../memory/memory.ts';
import { ownKeys, type OwnKeys } from '../trust/own-keys.ts';
import { Contract, nameOf, type ContractReport, type Verdict } from './contract-report.ts';

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
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
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

/** All that is wrong, in words; what is right is false. */
function faults(...found: readonly (string | false)[]): Verdict {
  const wrong = found.filter((text) => text !== false);
  return wrong.length === 0 || wrong.join('; ');
}

const listed = (texts: readonly string[]): string => (texts.length === 0 ? 'nothing' : texts.join(', '));

function isSame(got: readonly string[], expected: readonly string[]): Verdict {
  const isEqual = got.length === expected.length && got.every((text, index) => text === expected[index]);
  return isEqual || `expected ${listed(expected)}; got ${listed(got)}`;
}

/** {@link isSame} in any order. */
const isSameSet = (got: readonly string[], expected: readonly string[]): Verdict =>
  isSame([...got].sort(), [...expected].sort());

/** The text in letters of another case: a column that compares without case takes the two for one. */
function inOtherCase(text: string): string {
  const lower = text.toLowerCase();
  return text === lower ? text.toUpperCase() : lower;
}

async function peopleOf(dim: Dim): Promise<People> {
  const options = { algorithm: 'ECC', visaAlgorithms: ['RSA'] };
  const [alice, bob] = await Promise.all([
    dim.createUser({ name: 'Alice', seed: 'alice', terminals: ['phone', 'tablet'], ...options }),
    dim.createUser({ name: 'Bob', ...options }),
  ]);
  const owner = await verified(alice);
  const documents: VerifiedDocument[] = [];
  for (const visa of alice.visas) {
    const document = await verifyDocument<Document>(visa, owner);
    if (document) documents.push(document);
  }
  const { id: group } = await dim.createGroup({ founder: alice, members: [bob.id], name: 'Team', seed: 'team' });
  return { alice, bob, documents, group };
}

async function verified({ id, meta: own }: User): Promise<VerifiedMeta> {
  const meta = await verifyMeta(own, id);
  if (!meta) throw new Error('the meta of a new user does not verify');
  return meta;
}

async function pinOf({ alice }: People, isProven = true): Promise<Change> {
  return { do: 'pin-meta', id: alice.id, meta: await verified(alice), isProven };
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
    return faults(
      !isNothing(await store.meta(alice.id)) && 'it has a meta',
      !isNothing(await store.documents(alice.id)) && 'it has documents',
      !isNothing(await store.keys(alice.id)) && 'it has private keys',
      !isNothing(await store.members(group)) && 'it has members',
      !isNothing(await store.messageKeys(direction, 'send')) && 'it has message keys to send with',
      !isNothing(await store.messageKeys(direction, 'receive')) && 'it has message keys that came in',
    );
  });
  const store = await contract.obtain('an identity, its private keys and a group can be kept', async () =>
    filled(samples, await identityChanges(people)),
  );
  // All the rest would say the same.
  if (store === undefined) return;
  if (samples.reopen !== undefined)
    await contract.expect('what was committed is there after a restart', async () => {
      const answers = [await store.meta(alice.id), await store.documents(alice.id), await store.keys(alice.id)];
      return answers.every((answer) => isNothing(answer)) ? 'the store that `reopen` gave is empty' : true;
    });
  await contract.expect('the pinned meta comes back, and whether it is proven', async () => {
    const known = await knownMeta(dim, store, alice.id);
    return faults(
      known === undefined && 'it is gone',
      known?.isProven === false && 'it is no longer proven',
      known !== undefined && known.meta.meta.serialize() !== alice.meta.serialize() && 'it is another',
    );
  });
  await contract.expect('the pin of an ID is replaced by the next one', async () => {
    const other = await filled(samples, [await pinOf(people), await pinOf(people, false)]);
    const known = await knownMeta(dim, other, alice.id);
    return known?.isProven === false || `expected the second; got ${known === undefined ? 'none' : 'the first'}`;
  });
  const placesOf = (list: readonly VerifiedDocument[]) =>
    list.map(({ document }) => (document instanceof Visa ? `the visa of ${document.terminal}` : 'no visa'));
  const owner = { meta: await verified(alice), isProven: true };
  await contract.expect('all documents of an ID come back', async () =>
    isSameSet(placesOf(await knownDocuments(dim, store, owner)), placesOf(documents)),
  );
  await contract.expect('a document that was dropped is gone, and no other', async () => {
    const dropped = documents.slice(0, 1).map((document): Change => ({ do: 'drop-document', document }));
    const left = await filled(samples, [...(await identityChanges(people)), ...dropped]);
    return isSameSet(placesOf(await knownDocuments(dim, left, owner)), placesOf(documents.slice(1)));
  });
  await contract.expect('private keys come back by role and terminal', async () => {
    const textsOf = ({ identity, decrypt }: OwnKeys) => [
      identity === undefined ? 'no identity key' : `identity ${keyDigest(dim, identity)}`,
      ...decrypt.map(({ terminal, key }) => `${terminal} ${keyDigest(dim, key)}`),
    ];
    return isSame(textsOf(await ownKeys(dim, store, alice.id)), textsOf(alice.keys));
  });
  const namesOf = (ids: readonly ID[] | null | undefined) => (ids ?? []).map((id) => id.toString());
  await contract.expect(
    'the members of a group come back in their order, whatever the case of their letters',
    async () => {
      const members = [alice.id, bob.id, otherCaseOf(samples, alice.id)];
      const all = await filled(samples, [{ do: 'set-members', group, members }]);
      return isSame(namesOf(await all.members(group)), namesOf(members));
    },
  );
  await contract.expect('the members of a group are replaced as a whole', async () => {
    const changed = await filled(samples, [
      { do: 'set-members', group, members: [alice.id, bob.id] },
      { do: 'set-members', group, members: [bob.id] },
    ]);
    return isSame(namesOf(await changed.members(group)), namesOf([bob.id]));
  });
  await contract.expect('terminals make no difference to whose something is', async () => {
    const at = alice.id.at('somewhere');
    return faults(
      isNothing(await store.meta(at)) && 'no meta is found by an ID with a terminal',
      isNothing(await store.documents(at)) && 'no documents are found by an ID with a terminal',
      isNothing(await store.keys(at)) && 'no private keys are found by an ID with a terminal',
    );
  });
  await contract.expect('other names and addresses do, in each letter', async () => {
    const others = ['Alice', 'alicE', 'alic', 'alice_', 'al%', 'Älice'].map((name) =>
      dim.ID.create({ name, address: alice.id.address }),
    );
    const all = [...others, dim.ID.create({ address: alice.id.address }), bob.id, group];
    const found: string[] = [];
    for (const id of all) {
      if (!isNothing(await store.meta(id))) found.push(`${id.toString()} has the meta of ${alice.id.toString()}`);
      if (!isNothing(await store.documents(id))) found.push(`${id.toString()} has its documents`);
      if (!isNothing(await store.keys(id))) found.push(`${id.toString()} has its private keys`);
    }
    const team = otherCaseOf(samples, group);
    if (!isNothing(await store.members(team))) found.push(`${team.toString()} has the members of ${group.toString()}`);
    return faults(...found);
  });
}

async function checkMessageKeys(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const { dim } = samples;
  const { alice, bob, group } = people;
  const direction = { sender: alice.id, destination: bob.id };
  const entryOf = async (number: number): Promise<KeptMessageKey> => {
    const key = await dim.SymmetricKey.generate('AES');
    // Two uses of one second are told apart.
    const time = 1_700_000_000.125 + number / 1000;
    return { key, digest: keyDigest(dim, key), time, terminal: 'phone', recipients: 'all', isHandedOver: false };
  };
  const entries = await Promise.all(Array.from({ length: MAX_KEYS }, async (_, index) => entryOf(index)));
  const [one, two] = entries as [KeptMessageKey, KeptMessageKey];
  const keep = (entry: KeptMessageKey, use: 'send' | 'receive' = 'send', of: KeyDirection = direction): Change => ({
    do: 'keep-message-key',
    direction: of,
    use,
    entry,
  });
  const textsOf = (kept: readonly KeptMessageKey[] | null | undefined) =>
    (kept ?? []).map(({ key, digest, time, terminal, recipients, isHandedOver }) =>
      JSON.stringify({
        digest,
        digestOfKey: keyDigest(dim, dim.SymmetricKey.parse(key)),
        time,
        terminal: terminal ?? null,
        recipients: recipients ?? null,
        isHandedOver: isHandedOver ?? null,
      }),
    );
  await contract.expect('message keys come back, several of a direction, with all that was said of them', async () => {
    const store = await filled(samples, [keep(one), keep(two)]);
    return isSameSet(textsOf(await store.messageKeys(direction, 'send')), textsOf([one, two]));
  });
  await contract.expect(`all of the ${MAX_KEYS} message keys that a direction may have come back`, async () => {
    const store = await filled(
      samples,
      entries.map((entry) => keep(entry, 'receive')),
    );
    const { length } = (await store.messageKeys(direction, 'receive')) ?? [];
    return length === MAX_KEYS || `expected ${MAX_KEYS}; got ${length}`;
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
  await contract.expect('the digests of message keys differ in each letter', async () => {
    const other = { ...two, digest: inOtherCase(one.digest) };
    const store = await filled(samples, [keep(one), keep(other)]);
    return isSameSet(textsOf(await store.messageKeys(direction, 'send')), textsOf([one, other]));
  });
  await contract.expect('message keys are of one direction, in each letter of its IDs', async () => {
    const of = { sender: alice.id, destination: group };
    const store = await filled(samples, [keep(one, 'send', of)]);
    const [sender, destination] = [otherCaseOf(samples, alice.id), otherCaseOf(samples, group)];
    return faults(
      !isNothing(await store.messageKeys({ ...of, sender }, 'send')) && `${sender.toString()} has those of another`,
      !isNothing(await store.messageKeys({ ...of, destination }, 'send')) &&
        `${destination.toString()} has those of another`,
    );
  });
  await contract.expect('keys to send with are none that came in, nor those of another direction', async () => {
    const store = await filled(samples, [keep(one, 'receive')]);
    const back = { sender: bob.id, destination: alice.id };
    return faults(
      isNothing(await store.messageKeys(direction, 'receive')) && 'a key that came in is gone',
      !isNothing(await store.messageKeys(direction, 'send')) && 'a key that came in is one to send with',
      !isNothing(await store.messageKeys(back, 'receive')) && 'a key is one of the way back',
      !isNothing(await store.messageKeys({ sender: alice.id, destination: group }, 'receive')) &&
        'a key of a person is one of a group',
    );
  });
}

/** An ID that differs in the case of its name alone. */
function otherCaseOf({ dim }: StoreSamples, { name = '', address }: ID): ID {
  return dim.ID.create({ name: inOtherCase(name), address });
}

function markOf({ dim }: StoreSamples, { alice, bob }: People, number: number): ReadMark {
  const data = encodeBase64(encodeUtf8(`${number}`));
  const map = { sender: alice.id.toString(), receiver: bob.id.toString(), data, signature: 'AAAA' };
  return readMarkOf(dim, bob.id, dim.ReliableMessage.parse(map), TextContent.create('x'));
}

/** Commits at the same time: how many were made, and what is wrong with how the others ended. */
async function outcomes(
  store: Store,
  commits: readonly (readonly Change[])[],
): Promise<{ readonly made: number; readonly wrong: readonly string[] }> {
  // A commit that throws at once is one that is refused.
  const results = await Promise.allSettled(commits.map(async (changes) => store.commit(changes)));
  const reasons = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  const wrong = reasons
    .filter((reason) => !isDimError(reason) || reason.code !== 'INPUT_REPLAY')
    .map((reason) => `expected a DimError INPUT_REPLAY; got ${nameOf(reason)}`);
  return { made: results.length - reasons.length, wrong: [...new Set(wrong)] };
}

async function checkMarks(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const mark = markOf(samples, people, 1);
  const marked: Change = { do: 'mark-read', mark };
  const stateOf = async (store: Store, of: ReadMark, expected: 'new' | 'read', what: string) => {
    const state: unknown = await store.readState(of);
    return (
      state !== expected && `${what}: expected ${expected}; got ${typeof state === 'string' ? state : typeName(state)}`
    );
  };
  await contract.expect('what was read is known as read, for its reader and no other', async () => {
    const store = await filled(samples, [marked]);
    return faults(
      await stateOf(await samples.open(), mark, 'new', 'in an empty store'),
      await stateOf(store, mark, 'read', 'what was read'),
      await stateOf(store, markOf(samples, people, 2), 'new', 'another message'),
      await stateOf(store, { ...mark, reader: people.group }, 'new', 'for another reader'),
      await stateOf(store, { ...mark, sender: people.bob.id }, 'new', 'of another sender'),
    );
  });
  await contract.expect('read marks differ in each letter', async () => {
    const others = [
      { ...mark, id: inOtherCase(mark.id) },
      { ...mark, sender: otherCaseOf(samples, mark.sender) },
    ];
    const store = await filled(samples, [marked]);
    const found = await Promise.all(others.map(async (other) => stateOf(store, other, 'new', 'in other letters')));
    // Each is made, where the index does not take it for the first.
    await store.commit(others.map((other): Change => ({ do: 'mark-read', mark: other })));
    return faults(...found);
  });
  await contract.expect('a mark is made once: the second commit fails with INPUT_REPLAY', async () => {
    const { made, wrong } = await outcomes(await filled(samples, [marked]), [[marked]]);
    return faults(made > 0 && 'the second commit was made', ...wrong);
  });
  await contract.expect(
    'of several commits at once with one mark, one is made, and the others are INPUT_REPLAY',
    async () => {
      const { made, wrong } = await outcomes(
        await samples.open(),
        Array.from({ length: 8 }, () => [marked]),
      );
      return faults(made !== 1 && `expected that one is made; got ${made}`, ...wrong);
    },
  );
  await contract.expect('commits at the same time are all kept', async () => {
    const store = await samples.open();
    const marks = Array.from({ length: 20 }, (_, index) => markOf(samples, people, index + 1));
    await Promise.all(marks.map(async (each) => store.commit([{ do: 'mark-read', mark: each }])));
    const states = await Promise.all(marks.map(async (each) => store.readState(each)));
    const lost = states.filter((state) => state !== 'read').length;
    return lost === 0 || `${lost} of ${states.length} are lost`;
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
    const { made } = await outcomes(store, [all]);
    return faults(
      made > 0 && 'it was made, with a mark that is there already',
      !isNothing(await store.meta(alice.id)) && 'the meta was kept',
      !isNothing(await store.documents(alice.id)) && 'the documents were kept',
      !isNothing(await store.keys(alice.id)) && 'the private keys were kept',
      !isNothing(await store.members(group)) && 'the members were kept',
      (await store.readState(before)) !== 'new' && 'the mark before was kept',
    );
  });
}

async function checkForgetting(contract: Contract, samples: StoreSamples, people: People): Promise<void> {
  const { alice, bob, group } = people;
  const key = await samples.dim.SymmetricKey.generate('AES');
  const entry = { key, digest: keyDigest(samples.dim, key), time: 1 };
  const to = { sender: bob.id, destination: alice.id };
  const from = { sender: alice.id, destination: bob.id };
  const other = { sender: bob.id, destination: group };
  const mark = markOf(samples, people, 1);
  const store = await contract.obtain('an ID can be forgotten', async () =>
    filled(samples, [
      ...(await identityChanges(people)),
      { do: 'keep-message-key', direction: to, use: 'send', entry },
      { do: 'keep-message-key', direction: from, use: 'receive', entry },
      { do: 'keep-message-key', direction: other, use: 'send', entry },
      { do: 'mark-read', mark },
      { do: 'forget', id: alice.id },
    ]),
  );
  if (store === undefined) return;
  await contract.expect('what is forgotten of an ID is gone: meta, documents, message keys', async () =>
    faults(
      !isNothing(await store.meta(alice.id)) && 'its meta is still there',
      !isNothing(await store.documents(alice.id)) && 'its documents are still there',
      !isNothing(await store.messageKeys(to, 'send')) && 'the message keys to it are still there',
      !isNothing(await store.messageKeys(from, 'receive')) && 'the message keys from it are still there',
    ),
  );
  await contract.expect('what is not forgotten with an ID stays', async () =>
    faults(
      (await store.readState(mark)) !== 'read' && 'its read marks are gone',
      isNothing(await store.keys(alice.id)) && 'its private keys are gone',
      isNothing(await store.members(group)) && 'the members of its groups are gone',
      isNothing(await store.messageKeys(other, 'send')) && 'the message keys of others are gone',
    ),
  );
}
