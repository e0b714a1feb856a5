/** Opening an engine in a file. */
import { resolve } from 'node:path';
import { openLine } from '#sqlite-line';
import { DimError } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import { checkOptionNames } from 'dimsdk/internal';
import { prepareFile } from 'dimsdk/node/internal';
import { sqliteEngine, type SqliteEngine } from './sqlite-engine.ts';

/** Which file to open. */
export interface SqliteEngineOptions {
  /** The file, in a folder that is there, on a disk of this machine. */
  readonly path: string;
}

/**
 * Opens an engine in a file of SQLite, and makes it where there is none. Only the owner of the file can read it.
 *
 * What was done is on the disk: neither a process that is killed nor a power cut takes it back. What comes while the disk is
 * busy is written together. A file is for one process at a time. Beside it lie others with its name and an ending: `-wal`, `-shm`,
 * `-lock`; the first one is part of the data, so that a copy is to be made with `backup`.
 *
 * It needs Node 22.13 or later, or the package `libsql`.
 *
 * @throws DimError `STORE_VERSION` when a later version of this library has written it; `STORE_FULL`; `STORE_FAILED` when it cannot be
 * written, is damaged, is of another application, another process has it open, or there is no SQLite; `USAGE_ARGUMENT`
 * @example
 * ```ts
 * import { openSqliteEngine } from 'dimstation';
 *
 * export const engine = await openSqliteEngine({ path: 'station.db' });
 * ```
 */
export async function openSqliteEngine(options: SqliteEngineOptions): Promise<SqliteEngine> {
  const { path } = requireArgument(options, 'options');
  checkOptionNames(options, { path: true });
  if (typeof path !== 'string' || path === '')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(path)}`, { path: 'path' });
  return sqliteEngine(await openLine(prepareFile(resolve(path))));
}
