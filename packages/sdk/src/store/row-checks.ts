/** What rows, names and ranges must be: one place for all stores, so that each refuses the same. */
import { DEFAULT_LIMITS, DimError, type JsonMap, type Limits } from 'dimp';
import { checkArguments, copyJsonMap, parseJsonMap, typeName, within } from 'dimp/extend';
import { bytesArgument, writeJson } from 'dimp/internal';
import type { Row, RowChange, RowPosition, RowRange } from '../ports/client-store.ts';

/** Most characters of a key, or of the name of a partition. */
const MAX_NAME_LENGTH = 1024;

/** How many rows a range gives at most, and how many where it does not say. */
const MAX_ROWS = 1000;
const USUAL_ROWS = 100;

/** How many partitions are listed at once. */
export const MAX_PARTITIONS = 1000;

/** What is in a row came through the limits of messages, and has maps of the application around it. */
const ROW_LIMITS: Limits = Object.freeze({
  ...DEFAULT_LIMITS,
  messageBytes: Number.MAX_SAFE_INTEGER,
  jsonValues: Number.MAX_SAFE_INTEGER,
  jsonDepth: 4 * DEFAULT_LIMITS.jsonDepth,
});

/** A row as a store keeps it: checked, and the store's own. */
export interface RowRecord {
  readonly table: string;
  readonly key: string;
  readonly partition: string;
  readonly order: number;
  /** The value as JSON text. A lone surrogate stands in it as its escape. */
  readonly text: string;
  /** A copy. */
  readonly bytes: Uint8Array | undefined;
}

/** A change of rows that was checked. */
export type CheckedRowChange =
  | { readonly do: 'put-row'; readonly record: RowRecord; readonly where: 'absent' | 'present' | undefined }
  | Exclude<RowChange, { readonly do: 'put-row' }>;

/** A range with all that was not given. */
export interface CheckedRange {
  readonly from: number;
  readonly to: number;
  readonly after: RowPosition | undefined;
  readonly reverse: boolean;
  readonly limit: number;
}

/**
 * The changes of rows of a commit, each copied: what the caller changes later does not reach the store.
 * @throws DimError `USAGE_ARGUMENT` with the path of the first that is wrong
 */
export function checkRowChanges(changes: readonly RowChange[]): readonly CheckedRowChange[] {
  if (!Array.isArray(changes)) throw wrong('rows', `must be a list, not ${typeName(changes)}`);
  return changes.map((change, index) => checkRowChange(change as RowChange, `rows[${index}]`));
}

function checkRowChange(change: RowChange, path: string): CheckedRowChange {
  if (typeof change !== 'object' || change === null)
    throw wrong(path, `must be a change of rows, not ${typeName(change)}`);
  switch (change.do) {
    case 'put-row': {
      const { row, where } = change;
      if (where !== undefined && where !== 'absent' && where !== 'present')
        throw wrong(`${path}.where`, "must be 'absent' or 'present', or not given");
      return { do: 'put-row', record: checkRow(row, `${path}.row`), where };
    }
    case 'delete-row':
      checkTable(change.table, `${path}.table`);
      checkName(change.key, `${path}.key`);
      return { do: 'delete-row', table: change.table, key: change.key };
    case 'delete-partition':
      checkTable(change.table, `${path}.table`);
      checkName(change.partition, `${path}.partition`);
      return { do: 'delete-partition', table: change.table, partition: change.partition };
    default:
      throw wrong(`${path}.do`, "must be 'put-row', 'delete-row' or 'delete-partition'");
  }
}

function checkRow(row: Row, path: string): RowRecord {
  if (typeof row !== 'object' || row === null) throw wrong(path, `must be a row, not ${typeName(row)}`);
  const { table, key, partition, order, value, bytes } = row;
  checkTable(table, `${path}.table`);
  checkName(key, `${path}.key`);
  checkName(partition, `${path}.partition`);
  if (!Number.isFinite(order)) throw wrong(`${path}.order`, `must be a finite number, not ${typeName(order)}`);
  return {
    table,
    key,
    partition,
    // There is no other zero: databases know one alone.
    order: order + 0,
    text: checkArguments(() => within(`${path}.value`, () => writeJson(copyJsonMap(value, ROW_LIMITS)))),
    bytes: bytes === undefined ? undefined : bytesArgument(bytes, `${path}.bytes`).slice(),
  };
}

/** A row as callers get it: their own, or frozen. @param record what a store kept; its bytes are copied */
export function rowOf({ table, key, partition, order, text, bytes }: RowRecord): Row {
  const row = { table, key, partition, order, value: valueOf(text) };
  return bytes === undefined ? row : { ...row, bytes: bytes.slice() };
}

/** The value of a row whose text is JSON. It is frozen. @throws DimError `INPUT_…` for what a store did not write */
export function valueOf(text: string): JsonMap {
  return parseJsonMap(text, ROW_LIMITS);
}

/** A range that a caller gave, and the defaults for what is not given. @throws DimError `USAGE_ARGUMENT` for what is none */
export function checkRange(range: RowRange = {}): CheckedRange {
  if (typeof range !== 'object' || range === null) throw wrong('range', `must be a range, not ${typeName(range)}`);
  const { from = -Infinity, to = Infinity, after, reverse = false, limit = USUAL_ROWS } = range;
  for (const [name, order] of Object.entries({ from, to })) checkOrder(order, `range.${name}`);
  if (typeof reverse !== 'boolean') throw wrong('range.reverse', `must be true or false, not ${typeName(reverse)}`);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_ROWS)
    throw wrong('range.limit', `must be a whole number from 1 to ${MAX_ROWS}`);
  return { from, to, after: after === undefined ? undefined : checkPosition(after), reverse, limit };
}

function checkPosition(after: RowPosition): RowPosition {
  if (typeof after !== 'object' || after === null)
    throw wrong('range.after', `must be a place in a partition, not ${typeName(after)}`);
  const { order, key } = after;
  checkOrder(order, 'range.after.order');
  checkName(key, 'range.after.key');
  return { order, key };
}

function checkOrder(order: unknown, path: string): void {
  // Compared with NaN, nothing is more or less.
  if (typeof order !== 'number' || Number.isNaN(order)) throw wrong(path, `must be a number, not ${typeName(order)}`);
}

/** Checks the name of a table. @throws DimError `USAGE_ARGUMENT` for what is none */
export function checkTable(table: unknown, path = 'table'): void {
  if (typeof table !== 'string' || !/^[a-z0-9-]{1,64}$/.test(table))
    throw wrong(path, 'must be 1 to 64 small letters, digits and hyphens');
}

/** Checks a key, or the name of a partition. @throws DimError `USAGE_ARGUMENT` at `path` for what is none */
export function checkName(name: unknown, path: string): void {
  if (typeof name !== 'string') throw wrong(path, `must be text, not ${typeName(name)}`);
  if (name.length > MAX_NAME_LENGTH) throw wrong(path, `must have at most ${MAX_NAME_LENGTH} characters`);
}

function wrong(path: string, reason: string): DimError {
  return new DimError('USAGE_ARGUMENT', reason, { path });
}
