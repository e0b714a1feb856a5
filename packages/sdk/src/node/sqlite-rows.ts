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
    const { from, to, after, reverse, limit } = range;
    const values: SqlValue[] = [table, textBytes(partition), from, to];
    if (after !== undefined) values.push(after.order, textBytes(after.key));
    const direction = reverse ? 'DESC' : 'ASC';
    return this.#connection
      .all(
        `SELECT ${COLUMNS} FROM records
         WHERE table_name = ? AND partition = ? AND place >= ? AND place <= ?
         ${after === undefined ? '' : `AND (place, key) ${reverse ? '<' : '>'} (?, ?)`}
         ORDER BY place ${direction}, key ${direction} LIMIT ?`,
        ...values,
        limit,
      )
      .map((row) => rowOf(recordOf(row)));
  }

  count(table: string, partition: string): number {
    return this.#connection.number(
      'SELECT count(*) FROM records WHERE table_name = ? AND partition = ?',
      table,
      textBytes(partition),
    );
  }

  partitions(table: string, after: string | undefined): readonly string[] {
    // From one to the next by the index: whoever has few partitions may have many rows.
    const next = (bound: string): string =>
      `SELECT min(partition) FROM records WHERE table_name = ? AND partition ${bound}`;
    return this.#connection
      .all(
        `WITH RECURSIVE names (name) AS (
           SELECT (${next(after === undefined ? `>= x''` : '> ?')})
           UNION ALL
           SELECT (${next('> names.name')}) FROM names WHERE names.name IS NOT NULL
         )
         SELECT name FROM names WHERE name IS NOT NULL LIMIT ${MAX_PARTITIONS}`,
        table,
        ...(after === undefined ? [] : [textBytes(after)]),
        table,
      )
      .map((row) => textOfBytes(row['name'] as Uint8Array));
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

  apply(change: CheckedRowChange): void {
    switch (change.do) {
      case 'put-row':
        return this.#put(change.record);
      case 'delete-row':
        this.#connection.run(
          'DELETE FROM records WHERE table_name = ? AND key = ?',
          change.table,
          textBytes(change.key),
        );
        return;
      case 'delete-partition':
        this.#connection.run(
          'DELETE FROM records WHERE table_name = ? AND partition = ?',
          change.table,
          textBytes(change.partition),
        );
    }
  }

  #put({ table, key, partition, order, text, bytes }: RowRecord): void {
    this.#connection.run(
      `INSERT INTO records (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (table_name, key) DO UPDATE
       SET partition = excluded.partition, place = excluded.place, value = excluded.value, bytes = excluded.bytes`,
      table,
      textBytes(key),
      textBytes(partition),
      order,
      text,
      bytes ?? null,
    );
  }
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
