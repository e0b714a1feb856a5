/** Rows: what a commit does to them, and how they are read. */
import type { IDBPIndex } from 'idb';
import { DimError } from 'dimp';
import type { Row } from '../ports/client-store.ts';
import {
  MAX_PARTITIONS,
  rowOf,
  type CheckedRange,
  type CheckedRowChange,
  type RowRecord,
} from '../store/row-checks.ts';
import type { Reading, TableName, Tables } from './schema.ts';
import type { Writer } from './transaction.ts';

/** How many rows of a partition are removed at a time. */
const PAGE = 1000;

type RowKey = Tables['rows']['key'];
type RowIndex = IDBPIndex<Tables, TableName[], 'rows', 'place'>;

/** What a commit does to rows, in an order that needs no other. */
export interface RowPlan {
  /** What was asked of the rows before the commit. */
  readonly conditions: readonly { readonly key: RowKey; readonly where: 'absent' | 'present' }[];
  /** Which partitions are emptied first. */
  readonly emptied: readonly (readonly [table: string, partition: string])[];
  /** What becomes of rows then; undefined for one that is removed. */
  readonly rows: readonly PlannedRow[];
}

interface PlannedRow {
  readonly key: RowKey;
  readonly record: RowRecord | undefined;
}

/** Reads changes, which are made one after the other, as what they come to. */
export function planRows(changes: readonly CheckedRowChange[]): RowPlan {
  const conditions: RowPlan['conditions'][number][] = [];
  const emptied = new Map<string, readonly [table: string, partition: string]>();
  const rows = new Map<string, PlannedRow>();
  for (const change of changes)
    switch (change.do) {
      case 'put-row': {
        const { record, where } = change;
        const key: RowKey = [record.table, record.key];
        if (where !== undefined) conditions.push({ key, where });
        rows.set(textOf(key), { key, record });
        break;
      }
      case 'delete-row': {
        const key: RowKey = [change.table, change.key];
        rows.set(textOf(key), { key, record: undefined });
        break;
      }
      case 'delete-partition': {
        const { table, partition } = change;
        emptied.set(textOf([table, partition]), [table, partition]);
        // Those that were put into it before, by this commit.
        for (const [text, { key, record }] of rows)
          if (record?.table === table && record.partition === partition) rows.set(text, { key, record: undefined });
        break;
      }
    }
  return { conditions, emptied: [...emptied.values()], rows: [...rows.values()] };
}

/** A table has no blank, so that no two keys make one text. */
function textOf([table, key]: readonly [table: string, key: string]): string {
  return `${table} ${key}`;
}

/** @throws DimError `STORE_CONFLICT` */
export async function checkConditions(transaction: Reading, { conditions }: RowPlan): Promise<void> {
  const rows = transaction.objectStore('rows');
  await Promise.all(
    conditions.map(async ({ key, where }) => {
      const isThere = (await rows.getKey(key)) !== undefined;
      if (isThere === (where === 'present')) return;
      const reason = isThere ? 'a row with this key is there already' : 'no row with this key is there';
      throw new DimError('STORE_CONFLICT', reason, { path: `rows.${key[0]}` });
    }),
  );
}

export async function writeRows(writer: Writer, { emptied, rows }: RowPlan): Promise<void> {
  const store = writer.transaction.objectStore('rows');
  for (const [table, partition] of emptied) {
    for (;;) {
      const keys = await store.index('place').getAllKeys(partitionRange(table, partition), PAGE);
      for (const key of keys) writer.queue(store.delete(key));
      if (keys.length < PAGE) break;
    }
  }
  for (const { key, record } of rows) writer.queue(record === undefined ? store.delete(key) : store.put(record));
}

export async function readRow(transaction: Reading, table: string, key: string): Promise<Row | undefined> {
  const record = await transaction.objectStore('rows').get([table, key]);
  return record && rowOf(record);
}

export async function readRows(
  transaction: Reading,
  table: string,
  partition: string,
  range: CheckedRange,
): Promise<readonly Row[]> {
  const keys = keyRange(table, partition, range);
  if (keys === undefined) return [];
  const { limit, reverse } = range;
  const index = transaction.objectStore('rows').index('place');
  if (!reverse) return (await index.getAll(keys, limit)).map(rowOf);
  return (await readBackwards(index, keys, limit)).map(rowOf);
}

/** What browsers have since 2025, and the types of them do not: a page in one request, and not row by row. */
interface RecordSource {
  getAllRecords?(options: {
    readonly query: IDBKeyRange;
    readonly count: number;
    readonly direction: 'prev';
  }): Promise<readonly { readonly value: RowRecord }[]>;
}

async function readBackwards(index: RowIndex, keys: IDBKeyRange, limit: number): Promise<readonly RowRecord[]> {
  const records = await (index as RecordSource).getAllRecords?.({ query: keys, count: limit, direction: 'prev' });
  if (records !== undefined) return records.map(({ value }) => value);
  const rows: RowRecord[] = [];
  let cursor = await index.openCursor(keys, 'prev');
  while (cursor !== null) {
    rows.push(cursor.value);
    if (rows.length === limit) break;
    cursor = await cursor.continue();
  }
  return rows;
}

export async function countRows(transaction: Reading, table: string, partition: string): Promise<number> {
  return transaction.objectStore('rows').index('place').count(partitionRange(table, partition));
}

export async function readPartitions(transaction: Reading, table: string, after?: string): Promise<readonly string[]> {
  const index = transaction.objectStore('rows').index('place');
  const from = after === undefined ? [table] : behindPartition(table, after);
  const partitions: string[] = [];
  let cursor = await index.openKeyCursor(IDBKeyRange.bound(from, [table, BEHIND_ALL]));
  while (cursor !== null && partitions.length < MAX_PARTITIONS) {
    const [, partition] = cursor.key;
    partitions.push(partition);
    // From the first row of each to the first of the next one.
    cursor = await cursor.continue(behindPartition(table, partition) as unknown as typeof cursor.key);
  }
  return partitions;
}

/** In the order of IndexedDB a list stands behind all numbers and texts. */
const BEHIND_ALL: readonly never[] = [];

function behindPartition(table: string, partition: string): unknown[] {
  return [table, partition, BEHIND_ALL];
}

function partitionRange(table: string, partition: string): IDBKeyRange {
  return IDBKeyRange.bound([table, partition], behindPartition(table, partition));
}

/** @returns undefined where no row can be in it */
function keyRange(table: string, partition: string, range: CheckedRange): IDBKeyRange | undefined {
  const { from, to, after, reverse } = range;
  // A list stands before all that begin as it does.
  let lower: unknown[] = [table, partition, from];
  let upper: unknown[] = [table, partition, to, BEHIND_ALL];
  let [isAbove, isBelow] = [false, false];
  if (after !== undefined) {
    const place = [table, partition, after.order, after.key];
    if (reverse && indexedDB.cmp(place, upper) < 0) [upper, isBelow] = [place, true];
    else if (!reverse && indexedDB.cmp(place, lower) > 0) [lower, isAbove] = [place, true];
  }
  return indexedDB.cmp(lower, upper) < 0 ? IDBKeyRange.bound(lower, upper, isAbove, isBelow) : undefined;
}
