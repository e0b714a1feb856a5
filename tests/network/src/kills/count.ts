/** A row that is counted in. */
import type { ClientStore } from 'dimsdk';

const ROW = { table: 'app-count', key: 'count', partition: '', order: 0 } as const;

export async function countIn(store: ClientStore): Promise<number> {
  return Number((await store.row(ROW.table, ROW.key))?.value['count'] ?? 0);
}

export async function setCount(store: ClientStore, count: number): Promise<void> {
  await store.commit([], [{ do: 'put-row', row: { ...ROW, value: { count } } }]);
}
