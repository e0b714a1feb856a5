/** How fast rows are kept and read. */
import { TextContent } from 'dimp';
import type { RowChange } from 'dimsdk';
import { deleteIndexedDbStore } from 'dimsdk/browser';
import { openStore } from './open.ts';

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

async function rateOf(count: number, work: (done: number) => Promise<number>): Promise<number> {
  const start = performance.now();
  let done = 0;
  while (done < count) done += await work(done);
  return Math.round((done * 1000) / (performance.now() - start));
}
