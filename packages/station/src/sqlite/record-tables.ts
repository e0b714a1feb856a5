/** Records in the tables of a file. */
import { numberIn, textBytes, textIn, textOfBytes, type SqliteConnection } from 'dimsdk/node/internal';
import type { CheckedRecordChange } from '../engine/record-values.ts';
import type { RecordText } from './desk.ts';
import { atMost } from './mailbox-tables.ts';

/** See the top of the file. */
export class RecordTables {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  read(table: string, key: string): string | undefined {
    const sql = 'SELECT value FROM records WHERE table_name = ? AND key = ?';
    const row = this.#connection.get(sql, textBytes(table), textBytes(key));
    return row && textIn(row, 'value');
  }

  write(changes: readonly CheckedRecordChange[]): void {
    for (const { table, key, text, writtenAt } of changes) {
      const names = [textBytes(table), textBytes(key)] as const;
      if (text === undefined) {
        const sql = 'DELETE FROM records WHERE table_name = ? AND key = ?';
        this.#count(names[0], -this.#connection.run(sql, ...names));
        continue;
      }
      const added = this.#connection.run(
        `INSERT INTO records (table_name, key, value, written_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (table_name, key) DO NOTHING`,
        ...names,
        text,
        writtenAt,
      );
      if (added === 1) this.#count(names[0], 1);
      else
        this.#connection.run(
          'UPDATE records SET value = ?, written_at = ? WHERE table_name = ? AND key = ?',
          text,
          writtenAt,
          ...names,
        );
    }
  }

  list(table: string, after: string, limit: number): readonly RecordText[] {
    // An empty text is before all keys, and the empty key is one of them.
    return this.#connection
      .all(
        'SELECT key, value, written_at FROM records WHERE table_name = ? AND key > ? ORDER BY key LIMIT ?',
        textBytes(table),
        textBytes(after),
        atMost(limit),
      )
      .map((row) => ({
        key: textOfBytes(row['key'] as Uint8Array),
        text: textIn(row, 'value'),
        writtenAt: numberIn(row, 'written_at'),
      }));
  }

  count(table: string): number {
    return this.#connection.number('SELECT count FROM record_tables WHERE name = ?', textBytes(table));
  }

  oldest(table: string, before: number, limit: number): readonly string[] {
    return this.#connection
      .all(
        'SELECT key FROM records WHERE table_name = ? AND written_at < ? ORDER BY written_at LIMIT ?',
        textBytes(table),
        before,
        atMost(limit),
      )
      .map((row) => textOfBytes(row['key'] as Uint8Array));
  }

  prune(table: string, before: number, limit: number, keys: readonly string[] | undefined): number {
    const name = textBytes(table);
    if (keys !== undefined) return this.#pruneThese(name, before, limit, keys);
    const gone = this.#connection.run(
      `DELETE FROM records WHERE number IN (
         SELECT number FROM records WHERE table_name = ? AND written_at < ? ORDER BY written_at LIMIT ?
       )`,
      name,
      before,
      atMost(limit),
    );
    this.#count(name, -gone);
    return gone;
  }

  #pruneThese(table: Uint8Array, before: number, limit: number, keys: readonly string[]): number {
    const sql = 'SELECT number, written_at FROM records WHERE table_name = ? AND key = ? AND written_at < ?';
    const found = [...new Set(keys)].flatMap((key) => this.#connection.all(sql, table, textBytes(key), before));
    const oldest = found.sort((one, other) => numberIn(one, 'written_at') - numberIn(other, 'written_at'));
    const gone = oldest.slice(0, limit);
    for (const row of gone) this.#connection.run('DELETE FROM records WHERE number = ?', numberIn(row, 'number'));
    this.#count(table, -gone.length);
    return gone.length;
  }

  #count(table: Uint8Array, more: number): void {
    if (more === 0) return;
    const sql = `INSERT INTO record_tables (name, count) VALUES (?, ?)
      ON CONFLICT (name) DO UPDATE SET count = count + excluded.count RETURNING count`;
    if (this.#connection.number(sql, table, more) === 0)
      this.#connection.run('DELETE FROM record_tables WHERE name = ?', table);
  }
}
