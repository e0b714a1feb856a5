/** A quota that is used up. */
import { openStore, failureOf } from './open.ts';

const TABLE = 'app-quota';
/** Bytes of a row; of what can be compressed, a database takes less. */
const SIZE = 256 * 1024;
const ROWS = 4;

/** Commits rows until there is no room, or `limit` commits were kept. @returns how many were, and what the next one failed with */
export async function fillStore(
  name: string,
  limit: number,
): Promise<{ readonly kept: number; readonly failure: string; readonly rows: readonly number[] }> {
  const store = await openStore(name);
  const start = await store.count(TABLE, '');
  let kept = 0;
  let failure = 'none';
  while (kept < limit && failure === 'none') {
    const order = start / ROWS + kept;
    const rows = Array.from({ length: ROWS }, (_, part) => ({
      do: 'put-row' as const,
      row: { table: TABLE, key: `${order} ${part}`, partition: '', order, value: {}, bytes: randomBytes() },
    }));
    failure = await failureOf(() => store.commit([], rows));
    if (failure === 'none') kept++;
  }
  const rows = await store.rows(TABLE, '', { limit: 1000 });
  await store.close();
  return { kept, failure, rows: rows.map(({ order }) => order) };
}

function randomBytes(): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  for (let start = 0; start < SIZE; start += 65_536) crypto.getRandomValues(bytes.subarray(start, start + 65_536));
  return bytes;
}
