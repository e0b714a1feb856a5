/**
 * SQLite, whichever there is: `node:sqlite` from Node 22.13, else the package `libsql`. Both do here what one of them does, and what
 * they differ in does not get out.
 *
 * | | node:sqlite | libsql | here |
 * |---|---|---|---|
 * | bytes | `Uint8Array` | `Buffer`, and in `all` an `ArrayBuffer` | `Uint8Array` |
 * | a row | without prototype | with a field `_metadata` | a plain object |
 * | large integers | an error | rounded | an error, or `bigint` where it is asked for |
 * | no bytes, as read or sent by a thread | null in Node 22 | bytes | bytes |
 * | true and false | an error, or 1 and 0 | end the process | an error |
 * | too few values | null | those of the call before | an error |
 * | error | `errcode` | `rawCode`, or a number in the text | {@link SqliteError} |
 */
import { DimError, type Awaitable } from 'dimp';

/** What a column may hold. A number is a double: where an integer is wanted, the column says so. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row, by the names of its columns. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A statement that was prepared. */
export interface SqliteStatement {
  /** Runs it. @returns how many rows it changed */
  run(...values: readonly SqlValue[]): number;
  /** The first row. */
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
}

/** An open database. It blocks while it works. */
export interface SqliteDatabase {
  /** Runs statements without values. */
  exec(sql: string): void;
  /** @param options.bigints whether integers are to come as `bigint` */
  prepare(sql: string, options?: { readonly bigints?: boolean }): SqliteStatement;
  close(): void;
}

/** A way to have SQLite. */
export interface SqliteDriver {
  readonly name: 'node:sqlite' | 'libsql';
  /** Opens a file, and makes it where there is none. @throws SqliteError */
  open(path: string): SqliteDatabase;
}

/** What SQLite fails with. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  /** The extended result code, a number of SQLite; 1 where it is not known. */
  readonly code: number;

  constructor(code: number, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** The result code without what extends it. */
  get primaryCode(): number {
    return this.code & 0xff;
  }
}

/** A way to look for a driver. */
export type FindDriver = () => Awaitable<SqliteDriver | undefined>;

/** The first driver that is here: the one of Node, if it has one. @throws DimError `STORE_FAILED` where there is none */
export async function loadSqliteDriver(
  ways: readonly FindDriver[] = [nodeSqliteDriver, libsqlDriver],
): Promise<SqliteDriver> {
  let cause: unknown;
  for (const find of ways) {
    try {
      const driver = await find();
      if (driver !== undefined) return driver;
    } catch (error) {
      cause = error;
    }
  }
  throw new DimError(
    'STORE_FAILED',
    `Node ${process.versions.node} has no SQLite: install the package libsql (npm install libsql), or use Node 22.13 or later`,
    { cause },
  );
}

/** The SQLite of Node; undefined where it has none. */
export function nodeSqliteDriver(): SqliteDriver | undefined {
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };
  const module = getBuiltinModule?.('node:sqlite') as
    | { readonly DatabaseSync: new (path: string) => Native }
    | undefined;
  if (module === undefined) return undefined;
  const { DatabaseSync } = module;
  return {
    name: 'node:sqlite',
    open: (path) =>
      opened(path, DatabaseSync, {
        call: (statement, method, values) => statement[method](...values.map(withMemory)),
        readExactly: (statement) => statement.setReadBigInts?.(true),
      }),
  };
}

/** No bytes, somewhere in memory: Node 22 takes those that are nowhere for null. */
const NO_BYTES = new Uint8Array(1).subarray(1);

function withMemory(value: SqlValue): SqlValue {
  return typeof value === 'object' && value !== null && value.byteLength === 0 ? NO_BYTES : value;
}

/** The package libsql. @throws DimError `STORE_FAILED` where it is not installed, or not for this machine */
export async function libsqlDriver(): Promise<SqliteDriver> {
  const module: unknown = await importLibsql();
  const { default: Database } = module as { readonly default: new (path: string) => Native };
  return {
    name: 'libsql',
    open: (path) =>
      opened(path, Database, {
        // Several values would be flattened, and a single one taken for names: an array of them is neither.
        call: (statement, method, values) => statement[method](values),
        readExactly: (statement) => statement.safeIntegers?.(true),
      }),
  };
}

async function importLibsql(): Promise<unknown> {
  // By the `try` bundlers know that it need not be there.
  try {
    return await import('libsql');
  } catch (error) {
    throw new DimError('STORE_FAILED', 'the package libsql cannot be loaded', { cause: error });
  }
}

/** A database of either module. */
interface Native {
  exec(sql: string): void;
  prepare(sql: string): NativeStatement;
  close(): void;
}

type NativeRow = Readonly<Record<string, SqlValue | ArrayBuffer>>;

type Method = 'run' | 'get' | 'all';

type NativeStatement = Readonly<Record<Method, (...values: readonly unknown[]) => unknown>> & {
  setReadBigInts?(enabled: boolean): void;
  safeIntegers?(enabled: boolean): void;
};

/** What the modules want in different ways. */
interface Manner {
  call(statement: NativeStatement, method: Method, values: readonly SqlValue[]): unknown;
  /** Has integers come as `bigint`. */
  readExactly(statement: NativeStatement): void;
}

function opened(path: string, Database: new (path: string) => Native, manner: Manner): SqliteDatabase {
  const native = attempt(() => new Database(path));
  return {
    exec: (sql) => {
      attempt(() => {
        native.exec(sql);
      });
    },
    prepare: (sql, { bigints = false } = {}) => {
      const statement = attempt(() => native.prepare(sql));
      manner.readExactly(statement);
      const count = sql.split('?').length - 1;
      const call = (method: Method, values: readonly SqlValue[]): unknown => {
        checkValues(values, count);
        return attempt(() => manner.call(statement, method, values));
      };
      return {
        run: (...values) => Number((call('run', values) as { readonly changes: number | bigint }).changes),
        get: (...values) => {
          const row = call('get', values);
          return row === undefined ? undefined : plainRow(row as NativeRow, bigints);
        },
        all: (...values) => (call('all', values) as readonly NativeRow[]).map((row) => plainRow(row, bigints)),
      };
    },
    close: () => {
      attempt(() => {
        native.close();
      });
    },
  };
}

/** Of these, libsql takes what was bound before, or ends the process. */
function checkValues(values: readonly unknown[], count: number): void {
  if (values.length !== count) throw new SqliteError(25, `needs ${count} values, not ${values.length}`, undefined);
  for (const value of values)
    if (!isBindable(value)) throw new SqliteError(20, `cannot be bound: ${typeof value}`, undefined);
}

function isBindable(value: unknown): boolean {
  return value === null || ['number', 'bigint', 'string'].includes(typeof value) || ArrayBuffer.isView(value);
}

function plainRow(row: NativeRow, bigints: boolean): SqlRow {
  const plain: Record<string, SqlValue> = {};
  for (const name of Object.keys(row)) if (name !== '_metadata') plain[name] = plainValue(row[name] ?? null, bigints);
  return plain;
}

function plainValue(value: SqlValue | ArrayBuffer, bigints: boolean): SqlValue {
  if (typeof value === 'bigint' && !bigints) return safeNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value);
  return value.constructor === Uint8Array ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function safeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new SqliteError(20, `an integer is too large for a number: ${value}`, undefined);
  return number;
}

function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw asSqliteError(error);
  }
}

/** As far as it is one of SQLite. */
function asSqliteError(error: unknown): unknown {
  if (!(typeof error === 'object' && error !== null)) return error;
  const { errcode, rawCode, message } = error as Readonly<Record<'errcode' | 'rawCode' | 'message', unknown>>;
  const code = [errcode, rawCode].find((each) => typeof each === 'number' && each > 0);
  if (typeof code === 'number') return new SqliteError(code, String(message), error);
  // libsql says it so of what it cannot open.
  const [, inText] = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(String(message)) ?? [];
  return inText === undefined ? error : new SqliteError(Number(inText), 'unable to open database file', error);
}
