/** What is staged: how little of it a commit is, and that it comes to the same as if each plan were committed alone. */
import { expect, test } from '@jest/globals';
import { keyDirection, MemoryStore, openMessage, TextContent, type Change, type ID, type ReliableMessage } from 'dimp';
import { MemoryClientStore, type RowChange } from '../../src/index.ts';
import { WorkingStore } from '../../src/store/working-store.ts';
import { alice, bob, dim } from '../people.ts';

/** Notes what it is asked and told. */
class NotingStore extends MemoryClientStore {
  readonly commits: (readonly Change[])[] = [];
  readonly asked: string[] = [];

  override meta(id: ID): ReturnType<MemoryClientStore['meta']> {
    this.asked.push(`meta ${id.name}`);
    return super.meta(id);
  }

  override commit(changes: readonly Change[], rows: readonly RowChange[] = []): void {
    this.commits.push(changes);
    super.commit(changes, rows);
  }
}

async function messagesOfBob(count: number): Promise<readonly ReliableMessage[]> {
  const store = new MemoryStore();
  await dim.addUser(store, bob);
  await dim.addContact(store, alice);
  const messenger = dim.messenger({ self: bob.id, store });
  const texts = Array.from({ length: count }, (_, index) => TextContent.create(`${index}`));
  return Promise.all(texts.map(async (text) => (await messenger.packMessage(text, alice.id)).message));
}

async function known<S extends MemoryStore | MemoryClientStore>(store: S): Promise<S> {
  await dim.addUser(store, alice);
  await dim.addContact(store, bob);
  return store;
}

async function openAll(store: WorkingStore, messages: readonly ReliableMessage[]): Promise<void> {
  await store.exclusive(async () => {
    for (const message of messages)
      store.stage({ changes: (await openMessage(dim, store, message, { self: alice.id })).changes });
  });
}

function digests(store: MemoryStore | MemoryClientStore, message: ReliableMessage): readonly string[] {
  return store
    .messageKeys(keyDirection(message), 'receive')
    .map(({ digest }) => digest)
    .sort();
}

test('of messages with a key each, a commit has the last keys, and they are those that would be kept one by one', async () => {
  const messages = await messagesOfBob(40);
  const [first] = messages;
  if (first === undefined) throw new Error('there are messages');
  const [oneByOne, disk] = [await known(new MemoryStore()), await known(new NotingStore())];
  const working = new WorkingStore(dim, disk);
  for (const [start, end] of [
    [0, 20],
    [20, 23],
    [23, 40],
  ]) {
    const batch = messages.slice(start, end);
    const messenger = dim.messenger({ self: alice.id, store: oneByOne });
    for (const message of batch) await messenger.open(message);
    await openAll(working, batch);
    expect(digests(disk, first)).toEqual(digests(oneByOne, first));
    const changes = disk.commits.at(-1) ?? [];
    expect(changes.filter(({ do: what }) => what === 'mark-read')).toHaveLength(batch.length);
    for (const what of ['keep-message-key', 'drop-message-key'])
      expect(changes.filter((change) => change.do === what).length).toBeLessThanOrEqual(8);
  }
});

test('keys of whom a plan forgets are kept only where they came afterwards', async () => {
  const [before, after] = await messagesOfBob(2);
  if (before === undefined || after === undefined) throw new Error('there are two messages');
  const disk = await known(new NotingStore());
  const working = new WorkingStore(dim, disk);
  await openAll(working, [before]);
  await working.exclusive(async () => {
    const { changes } = await openMessage(dim, working, after, { self: alice.id });
    working.stage({ changes });
    working.stage({ changes: [{ do: 'forget', id: bob.id }] });
    expect(await working.messageKeys(keyDirection(after), 'receive')).toEqual([]);
    working.stage({ changes: changes.filter((change) => change.do === 'keep-message-key') });
  });
  expect(digests(disk, after)).toHaveLength(1);
});

test('the disk is asked each thing once for a plan, and again after each commit and for the next plan', async () => {
  const disk = await known(new NotingStore());
  const working = new WorkingStore(dim, disk);
  const ask = async (times: number): Promise<number> => {
    disk.asked.length = 0;
    for (let time = 0; time < times; time++) expect(await working.meta(bob.id)).toBeDefined();
    return disk.asked.length;
  };
  await working.exclusive(async () => {
    expect(await ask(3)).toBe(1);
    working.stage({ changes: [{ do: 'add-contact', id: bob.id }] });
    await working.flush();
    expect(await ask(3)).toBe(1);
  });
  await working.exclusive(async () => expect(await ask(2)).toBe(1));
  // Nobody says when it changes.
  expect(await ask(2)).toBe(2);
});
