/** A database with the statements that were prepared for it, each once, and transactions. */
import { SqliteError, type SqliteDatabase, type SqliteStatement, type SqlRow, type SqlValue } from './sqlite-driver.ts';

/** One handle of a file. */
export class SqliteConnection {
  readonly #database: SqliteDatabase;
  /** By their text: all stand in the sources, so that they are not many. */
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** @returns how many rows were changed */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#prepared(sql).run(...values);
  }

  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[] {
    return this.#prepared(sql).all(...values);
  }

  /** The number in the only column of the only row. */
  number(sql: string, ...values: readonly SqlValue[]): number {
    const [value] = Object.values(this.get(sql, ...values) ?? {});
    return Number(value ?? 0);
  }

  /** Runs an action in a transaction that no other process writes in; where it throws, nothing of it is kept. */
  transaction<T>(action: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = action();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** Ends it. What is in the log goes to the database before, where no other process is in the way. */
  close(): void {
    this.#statements.clear();
    try {
      this.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // It is as safe in the log, and whoever opens the file next finds it there.
    }
    this.#database.close();
  }

  #prepared(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #rollBack(): void {
    try {
      this.exec('ROLLBACK');
    } catch (error) {
      // Where there is no room, SQLite has done it already.
      if (!(error instanceof SqliteError)) throw error;
    }
  }
}

/** A column that is text. */
export function textIn(row: SqlRow, column: string): string {
  return row[column] as string;
}

/** A column that is a number. */
export function numberIn(row: SqlRow, column: string): number {
  return row[column] as number;
}
