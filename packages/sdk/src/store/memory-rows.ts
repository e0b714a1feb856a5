/** Rows in memory: by key, and each partition in its order. */
import { rowOf, type CheckedRange, type CheckedRowChange, type RowRecord } from './row-checks.ts';
import type { Row, RowPosition } from '../ports/client-store.ts';

/** The rows of one table. */
interface Table {
  readonly byKey: Map<string, RowRecord>;
  /** By partition, each in order. */
  readonly partitions: Map<string, RowRecord[]>;
}

/** Rows, until the process ends. */
export class MemoryRows {
  readonly #tables = new Map<string, Table>();

  row(table: string, key: string): Row | undefined {
    const record = this.#tables.get(table)?.byKey.get(key);
    return record && rowOf(record);
  }

  rows(table: string, partition: string, { from, to, after, reverse, limit }: CheckedRange): readonly Row[] {
    const records = this.#partition(table, partition);
    let start = firstIndex(records, (record) => record.order >= from);
    let end = firstIndex(records, (record) => record.order > to);
    if (after !== undefined && reverse)
      end = Math.min(
        end,
        firstIndex(records, (record) => compare(record, after) >= 0),
      );
    else if (after !== undefined)
      start = Math.max(
        start,
        firstIndex(records, (record) => compare(record, after) > 0),
      );
    const page: Row[] = [];
    const step = reverse ? -1 : 1;
    for (let index = reverse ? end - 1 : start; page.length < limit; index += step) {
      const record = index < start || index >= end ? undefined : records[index];
      if (record === undefined) break;
      page.push(rowOf(record));
    }
    return page;
  }

  count(table: string, partition: string): number {
    return this.#partition(table, partition).length;
  }

  /** All partitions of a table, in the order of code units. */
  partitions(table: string): readonly string[] {
    return [...(this.#tables.get(table)?.partitions.keys() ?? [])].sort();
  }

  /** Whether each `where` is so. */
  agreesWith(changes: readonly CheckedRowChange[]): boolean {
    return changes.every((change) => {
      if (change.do !== 'put-row' || change.where === undefined) return true;
      const { table, key } = change.record;
      return (this.#tables.get(table)?.byKey.has(key) === true) === (change.where === 'present');
    });
  }

  apply(change: CheckedRowChange): void {
    switch (change.do) {
      case 'put-row':
        this.#delete(change.record.table, change.record.key);
        return this.#put(change.record);
      case 'delete-row':
        return this.#delete(change.table, change.key);
      case 'delete-partition': {
        const table = this.#tables.get(change.table);
        for (const { key } of table?.partitions.get(change.partition) ?? []) table?.byKey.delete(key);
        table?.partitions.delete(change.partition);
      }
    }
  }

  #put(record: RowRecord): void {
    const table: Table = this.#tables.get(record.table) ?? { byKey: new Map(), partitions: new Map() };
    this.#tables.set(record.table, table);
    table.byKey.set(record.key, record);
    const records = table.partitions.get(record.partition);
    if (records === undefined) table.partitions.set(record.partition, [record]);
    else records.splice(placeOf(records, record), 0, record);
  }

  #delete(name: string, key: string): void {
    const table = this.#tables.get(name);
    const record = table?.byKey.get(key);
    if (table === undefined || record === undefined) return;
    table.byKey.delete(key);
    const records = table.partitions.get(record.partition) ?? [];
    records.splice(placeOf(records, record), 1);
    if (records.length === 0) table.partitions.delete(record.partition);
  }

  #partition(table: string, partition: string): readonly RowRecord[] {
    return this.#tables.get(table)?.partitions.get(partition) ?? [];
  }
}

/** Where a row stands, or would stand. */
function placeOf(records: readonly RowRecord[], record: RowRecord): number {
  return firstIndex(records, (other) => compare(other, record) >= 0);
}

/** The first index from which on something holds, by halving. */
function firstIndex(records: readonly RowRecord[], holds: (record: RowRecord) => boolean): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = records[middle];
    if (record !== undefined && holds(record)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** By order, then by key in the order of code units, which is how texts compare. */
function compare(one: RowPosition, other: RowPosition): number {
  if (one.order !== other.order) return one.order < other.order ? -1 : 1;
  return one.key === other.key ? 0 : one.key < other.key ? -1 : 1;
}
