/** Rows in SQLite: by their keys, and each partition in its order. */
import type { Row } from '../ports/client-store.ts';
import {
  MAX_PARTITIONS,
  rowOf,
  type CheckedRange,
  type CheckedRowChange,
  type RowRecord,
} from '../store/row-checks.ts';
import { numberIn, textIn, type SqliteConnection } from './sqlite-connection.ts';
import type { SqlRow, SqlValue } from './sqlite-driver.ts';
import { textBytes, textOfBytes } from './sqlite-text.ts';

const COLUMNS = 'table_name, key, partition, place, value, bytes';

/** The rows of all tables. */
export class SqliteRows {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  row(table: string, key: string): Row | undefined {
    const row = this.#connection.get(
      `SELECT ${COLUMNS} FROM records WHERE table_name = ? AND key = ?`,
      table,
      textBytes(key),
    );
    return row && rowOf(recordOf(row));
  }

  rows(table: string, partition: string, range: CheckedRange): readonly Row[] {
    const { limit } = range;
    const { sql, values } = pageOf(range);
    return this.#connection
      .all(
        `SELECT ${COLUMNS} FROM records WHERE table_name = ? AND partition = ? ${sql} LIMIT ?`,
        table,
        textBytes(partition),
        ...values,
        limit,
      )
      .map((row) => rowOf(recordOf(row)));
  }

  count(table: string, partition: string): number {
    return this.#connection.number(
      'SELECT count FROM partitions WHERE table_name = ? AND partition = ?',
      table,
      textBytes(partition),
    );
  }

  partitions(table: string, after: string | undefined): readonly string[] {
    return this.#connection
      .all(
        `SELECT partition FROM partitions WHERE table_name = ? AND partition ${after === undefined ? '>=' : '>'} ?
         ORDER BY partition LIMIT ${MAX_PARTITIONS}`,
        table,
        textBytes(after ?? ''),
      )
      .map((row) => textOfBytes(row['partition'] as Uint8Array));
  }

  /** Whether each `where` is so. */
  agreesWith(changes: readonly CheckedRowChange[]): boolean {
    return changes.every((change) => {
      if (change.do !== 'put-row' || change.where === undefined) return true;
      const { table, key } = change.record;
      const known = this.#connection.get(
        'SELECT 1 FROM records WHERE table_name = ? AND key = ?',
        table,
        textBytes(key),
      );
      return (known !== undefined) === (change.where === 'present');
    });
  }

  /** Makes all changes, one after the other. */
  apply(changes: readonly CheckedRowChange[]): void {
    const counts = new PartitionCounts(this.#connection);
    for (const change of changes) this.#apply(counts, change);
    counts.write();
  }

  #apply(counts: PartitionCounts, change: CheckedRowChange): void {
    switch (change.do) {
      case 'put-row':
        return this.#put(counts, change.record);
      case 'delete-row': {
        const { table, key } = change;
        const sql = 'DELETE FROM records WHERE table_name = ? AND key = ? RETURNING partition';
        const deleted = this.#connection.get(sql, table, textBytes(key));
        if (deleted !== undefined) counts.add(table, textOfBytes(deleted['partition'] as Uint8Array), -1);
        return;
      }
      case 'delete-partition': {
        const { table, partition } = change;
        const sql = 'DELETE FROM records WHERE table_name = ? AND partition = ?';
        counts.add(table, partition, -this.#connection.run(sql, table, textBytes(partition)));
      }
    }
  }

  #put(counts: PartitionCounts, { table, key, partition, order, text, bytes }: RowRecord): void {
    const keyBytes = textBytes(key);
    const place = [textBytes(partition), order, text, bytes ?? null] as const;
    counts.add(table, partition, 1);
    // Nearly all rows are new ones.
    const added = this.#connection.run(
      `INSERT INTO records (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (table_name, key) DO NOTHING`,
      table,
      keyBytes,
      ...place,
    );
    if (added === 1) return;
    const sql = 'SELECT number, partition FROM records WHERE table_name = ? AND key = ?';
    const known = this.#connection.get(sql, table, keyBytes);
    if (known === undefined) return;
    counts.add(table, textOfBytes(known['partition'] as Uint8Array), -1);
    this.#connection.run(
      'UPDATE records SET partition = ?, place = ?, value = ?, bytes = ? WHERE number = ?',
      ...place,
      numberIn(known, 'number'),
    );
  }
}

/** How many rows more, or less, the partitions have after a commit. */
class PartitionCounts {
  readonly #connection: SqliteConnection;
  /** By table and partition. */
  readonly #changes = new Map<string, Map<string, number>>();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  add(table: string, partition: string, more: number): void {
    const partitions = this.#changes.get(table) ?? new Map<string, number>();
    this.#changes.set(table, partitions);
    partitions.set(partition, (partitions.get(partition) ?? 0) + more);
  }

  write(): void {
    for (const [table, partitions] of this.#changes)
      for (const [partition, more] of partitions) if (more !== 0) this.#write(table, textBytes(partition), more);
  }

  #write(table: string, partition: Uint8Array, more: number): void {
    const sql = `INSERT INTO partitions (table_name, partition, count) VALUES (?, ?, ?)
       ON CONFLICT (table_name, partition) DO UPDATE SET count = count + excluded.count RETURNING count`;
    if (this.#connection.number(sql, table, partition, more) === 0)
      this.#connection.run('DELETE FROM partitions WHERE table_name = ? AND partition = ?', table, partition);
  }
}

/**
 * What a range asks for, so that the index finds the first row of it at once: with `after` as the bound where reading begins,
 * unless the range begins behind it.
 */
export function pageOf({ from, to, after, reverse }: CheckedRange): {
  readonly sql: string;
  readonly values: readonly SqlValue[];
} {
  const [direction, begin, beginsAt, end, endsAt] = reverse
    ? (['DESC', '<', to, '>', from] as const)
    : (['ASC', '>', from, '<', to] as const);
  const isInside = after !== undefined && (reverse ? after.order <= to : after.order >= from);
  const values: readonly SqlValue[] = isInside ? [after.order, textBytes(after.key)] : [beginsAt];
  return {
    sql: `AND ${isInside ? `(place, key) ${begin} (?, ?)` : `place ${begin}= ?`} AND place ${end}= ?
      ORDER BY place ${direction}, key ${direction}`,
    values: [...values, endsAt],
  };
}

function recordOf(row: SqlRow): RowRecord {
  const bytes = row['bytes'];
  return {
    table: textIn(row, 'table_name'),
    key: textOfBytes(row['key'] as Uint8Array),
    partition: textOfBytes(row['partition'] as Uint8Array),
    order: numberIn(row, 'place'),
    text: textIn(row, 'value'),
    bytes: typeof bytes === 'object' && bytes !== null ? bytes : undefined,
  };
}
