/** What the inbox keeps of payloads: all of a message or nothing, and nothing later than it said. */
import { expect, test } from '@jest/globals';
import { DimError, TextContent, type DecryptKey, type ID, type JsonMap, type User } from 'dimp';
import { textOf } from 'dimp/extend';
import { MemoryClientStore, silentLogger, systemClock, type IncomingPayload, type RowChange } from '../../src/index.ts';
import { OwnDevice } from '../../src/device/own-device.ts';
import type { Arrival } from '../../src/inbox/arrival-table.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import { WaitingRoom } from '../../src/inbox/waiting-room.ts';
import { alice, bob, carol, dim, errorOf } from '../people.ts';

type TestContent = ReturnType<typeof dim.Content.parse>;

/** Answers for one person later, and fails for another one, once. */
class UnevenStore extends MemoryClientStore {
  slow: { readonly id: ID; readonly until: Promise<void> } | undefined;
  failing: ID | undefined;

  // The base class answers at once, which a promise of the same is, too.
  override meta(id: ID): ReturnType<MemoryClientStore['meta']> {
    const { slow, failing } = this;
    if (failing?.equals(id) === true) {
      this.failing = undefined;
      throw new DimError('STORE_FAILED', 'the disk does not answer');
    }
    if (slow?.id.equals(id) !== true) return super.meta(id);
    this.slow = undefined;
    return slow.until.then(() => super.meta(id)) as never;
  }
}

/** Has keys that begin to decrypt, and go on when a test says so. */
class SlowKeysStore extends MemoryClientStore {
  running = 0;
  most = 0;
  decrypted = 0;
  #wait: Promise<void> | undefined;
  #go: () => void = () => undefined;

  hold(): void {
    this.#wait = new Promise((resolve) => (this.#go = resolve));
  }

  go(): void {
    this.#go();
  }

  override keys(id: ID): ReturnType<MemoryClientStore['keys']> {
    const ring = super.keys(id);
    if (ring === undefined) return ring;
    return { ...ring, decrypt: ring.decrypt.map(({ terminal, key }) => ({ terminal, key: this.#slow(key) })) };
  }

  readonly #slowKeys = new Map<unknown, DecryptKey>();

  #slow(key: DecryptKey | JsonMap): DecryptKey {
    const known = this.#slowKeys.get(key);
    if (known !== undefined) return known;
    const inner = key as DecryptKey;
    const slow: DecryptKey = {
      algorithm: inner.algorithm,
      fields: inner.fields,
      encryptKey: inner.encryptKey,
      toJSON: () => inner.toJSON(),
      decrypt: async (ciphertext) => {
        this.decrypted++;
        this.most = Math.max(this.most, ++this.running);
        await this.#wait;
        this.running--;
        return inner.decrypt(ciphertext);
      },
    };
    this.#slowKeys.set(key, slow);
    return slow;
  }
}

function inboxOver(store: MemoryClientStore): {
  readonly inbox: Inbox<TestContent>;
  readonly device: OwnDevice<TestContent>;
  readonly texts: () => readonly string[];
  readonly arrived: readonly Arrival<TestContent>[];
} {
  const common = { dim, clock: systemClock, logger: silentLogger, messages: {} };
  const device = new OwnDevice({ ...common, self: alice.id, store });
  const arrived: Arrival<TestContent>[] = [];
  const rowsOf = ({ key, content }: Arrival<TestContent>): readonly RowChange[] => [
    { do: 'put-row', row: { table: 'app-test', key, partition: '', order: 0, value: content.fields } },
  ];
  const inbox = new Inbox(device, {}, new WaitingRoom(device, () => false), {
    begin: () => undefined,
    gate: async () => undefined,
    isBlocked: () => false,
    isOfSession: () => false,
    rowsOf,
    react: async () => undefined,
    arrived: (arrivals) => void arrived.push(...arrivals),
    introduced: () => undefined,
    refused: ({ error }) => {
      throw error;
    },
    want: () => undefined,
  });
  const texts = () => store.rows('app-test', '').map(({ value }) => textOf(value, 'text'));
  return { inbox, device, texts, arrived };
}

async function messageOf(user: User, text: string): Promise<Uint8Array> {
  const store = new MemoryClientStore();
  await dim.addUser(store, user);
  await dim.addContact(store, alice);
  return dim.messenger({ self: user.id, store }).pack(TextContent.create(text), alice.id);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('where the store fails for one sender, no message of another is marked as read without being kept', async () => {
  const store = new UnevenStore();
  await dim.addUser(store, alice);
  for (const user of [bob, carol]) await dim.addContact(store, user);
  const { inbox, device, texts } = inboxOver(store);
  const acknowledged: string[] = [];
  const payloads: IncomingPayload[] = [];
  for (const [user, text] of [
    [bob, 'of Bob'],
    [carol, 'of Carol'],
  ] as const)
    payloads.push({ bytes: await messageOf(user, text), acknowledge: () => void acknowledged.push(text) });
  let answer: () => void = () => undefined;
  store.slow = { id: bob.id, until: new Promise((resolve) => (answer = resolve)) };
  store.failing = carol.id;
  const failure = errorOf(() => inbox.receive(payloads));
  // Somebody else plans next, while the answer for Bob comes.
  const other = device.store.exclusive(async () => {
    answer();
    await turns(100);
  });
  await turns(10);
  answer();
  expect((await failure).code).toBe('STORE_FAILED');
  await other;
  expect(acknowledged).toEqual([]);
  await inbox.receive(payloads);
  expect([...texts()].sort()).toEqual(['of Bob', 'of Carol']);
  expect(acknowledged).toEqual(['of Bob', 'of Carol']);
});

test('of one sender the keys of several messages are decrypted at a time, each once, and all are read in order', async () => {
  const store = new SlowKeysStore();
  await dim.addUser(store, alice);
  await dim.addContact(store, bob);
  const { inbox, arrived } = inboxOver(store);
  const expected = Array.from({ length: 40 }, (_, index) => `${index}`.padStart(2, '0'));
  const payloads: IncomingPayload[] = [];
  for (const text of expected) payloads.push({ bytes: await messageOf(bob, text), acknowledge: () => undefined });
  store.hold();
  const received = inbox.receive(payloads);
  await turns(100);
  expect(store.running).toBeGreaterThan(8);
  store.go();
  await received;
  expect(arrived.map(({ content }) => textOf(content.fields, 'text'))).toEqual(expected);
  expect([store.decrypted, store.most <= 32]).toEqual([expected.length, true]);
});
