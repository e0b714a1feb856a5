/** A store of rows in memory, with the memory of messages beside it. It keeps nothing of a commit that fails. */
import { DimError, MemoryStore, type Change } from 'dimp';
import type { ClientStore, Row, RowChange, RowRange } from '../../src/index.ts';

export class RowsInMemory extends MemoryStore implements ClientStore {
  #rows = new Map<string, Row>();
  #last: Promise<unknown> = Promise.resolve();

  override commit(changes: readonly Change[], rows: readonly RowChange[] = []): void {
    for (const change of rows) {
      if (change.do !== 'put-row' || change.where === undefined) continue;
      if (this.#rows.has(keyOf(change.row)) !== (change.where === 'present'))
        throw new DimError('STORE_CONFLICT', 'somebody else was faster');
    }
    super.commit(changes);
    for (const change of rows) {
      if (change.do === 'put-row') this.#rows.set(keyOf(change.row), structuredClone(change.row));
      else if (change.do === 'delete-row') this.#rows.delete(keyOf(change));
      else for (const row of this.#partition(change.table, change.partition)) this.#rows.delete(keyOf(row));
    }
  }

  row(table: string, key: string): Row | undefined {
    return this.#rows.get(keyOf({ table, key }));
  }

  rows(table: string, partition: string, range: RowRange = {}): readonly Row[] {
    const { from = -Infinity, to = Infinity, after, reverse = false, limit = 100 } = range;
    const inOrder = this.#partition(table, partition).filter(({ order }) => order >= from && order <= to);
    const rows = reverse ? inOrder.toReversed() : inOrder;
    const start = after === undefined ? 0 : rows.findIndex(({ key }) => key === after.key) + 1;
    return rows.slice(start, start + limit);
  }

  count(table: string, partition: string): number {
    return this.#partition(table, partition).length;
  }

  partitions(table: string): readonly string[] {
    const own = [...this.#rows.values()].filter((row) => row.table === table);
    return [...new Set(own.map(({ partition }) => partition))].sort();
  }

  async exclusive<T>(action: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const result = (async () => {
      await before;
      return action();
    })();
    this.#last = result.catch(() => undefined);
    return result;
  }

  close(): void {}

  #partition(table: string, partition: string): Row[] {
    return [...this.#rows.values()]
      .filter((row) => row.table === table && row.partition === partition)
      .sort((one, other) => one.order - other.order || (one.key < other.key ? -1 : 1));
  }
}

function keyOf({ table, key }: { readonly table: string; readonly key: string }): string {
  return `${table} ${key}`;
}
