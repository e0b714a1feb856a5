/** How fast rows are kept and read. */
import { MemoryStore, TextContent, type Store } from 'dimp';
import { decodeBase64 } from 'dimp/extend';
import type { RowChange } from 'dimsdk';
import { deleteIndexedDbStore } from 'dimsdk/browser';
import { dim, openStore } from './open.ts';
import { contactOf, createOwner, writeMail } from './tabs.ts';

/** Rows a second: kept a hundred in a commit, and one; read a hundred at a time, the newest first. */
export interface StoreRates {
  readonly batches: number;
  readonly singly: number;
  readonly read: number;
}

const BATCH = 100;

/** Measures. @param rows how many, in batches */
export async function measureStore(rows: number): Promise<StoreRates> {
  const name = 'speed';
  const store = await openStore(name);
  const put = (order: number): RowChange => ({
    do: 'put-row',
    row: {
      table: 'app-speed',
      key: `message ${order}`,
      partition: `conversation ${order % 5}`,
      order,
      value: {
        content: { ...TextContent.create('x'.repeat(300)).fields },
        sender: 'moki@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk',
      },
    },
  });
  const batches = await rateOf(rows, async (from) => {
    await store.commit(
      [],
      Array.from({ length: BATCH }, (_, index) => put(from + index)),
    );
    return BATCH;
  });
  const singly = await rateOf(rows / 20, async (from) => {
    await store.commit([], [put(rows + from)]);
    return 1;
  });
  const read = await rateOf(rows, async () => {
    const page = await store.rows('app-speed', 'conversation 1', { reverse: true });
    return page.length;
  });
  await store.close();
  await deleteIndexedDbStore({ name });
  return { batches, singly, read };
}

/**
 * Opens messages one after the other, each with a commit of its own.
 * @returns messages a second over the store, and over memory
 */
export async function measureOpening(count: number): Promise<{ readonly store: number; readonly memory: number }> {
  const name = 'opening';
  const self = await createOwner(name);
  const { card, messages } = await writeMail(self, count);
  const [owner, author] = [contactOf(self), contactOf(card)];
  const store = await openStore(name);
  const memory = new MemoryStore();
  memory.commit([{ do: 'keep-keys', id: owner.id, keys: (await store.keys(owner.id)) ?? { decrypt: [] } }]);
  const rateOver = async (kept: Store): Promise<number> => {
    await dim.addContact(kept, author);
    const messenger = dim.messenger({ self: owner.id, store: kept });
    return rateOf(count, async (done) => {
      await messenger.unpack(decodeBase64(messages[done] ?? ''));
      return 1;
    });
  };
  const rates = { memory: await rateOver(memory), store: await rateOver(store) };
  await store.close();
  await deleteIndexedDbStore({ name });
  return rates;
}

async function rateOf(count: number, work: (done: number) => Promise<number>): Promise<number> {
  const start = performance.now();
  let done = 0;
  while (done < count) done += await work(done);
  return Math.round((done * 1000) / (performance.now() - start));
}
