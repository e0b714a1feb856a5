/** A copy of a database, made while it is in use. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DimError } from 'dimp';
import { fileFailure, SqliteConnection, storeFailure, type SqliteDriver } from 'dimsdk/node/internal';

const OWNER_ONLY = 0o600;

/**
 * Writes what a database has at this moment into a new file. It is there under its name when it is complete.
 * @throws DimError `STORE_…`: where there is a file of that name already, it stays as it is
 */
export function writeBackup(driver: SqliteDriver, path: string, target: string): void {
  const partial = `${target}-partial`;
  // The name is taken first: so nobody else's file is overwritten.
  reserve(target);
  try {
    rmSync(partial, { force: true });
    reserve(partial);
    copy(driver, path, partial);
    sync(partial);
    renameSync(partial, target);
    sync(dirname(target));
  } catch (error) {
    for (const file of [partial, target]) rmSync(file, { force: true });
    throw storeFailure(error, target);
  }
}

/** @throws DimError `STORE_…` */
function reserve(path: string): void {
  try {
    closeSync(openSync(path, 'wx', OWNER_ONLY));
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'EEXIST')
      throw new DimError('STORE_FAILED', `${path} is there already: give another path`, { cause: error });
    throw fileFailure(error, path);
  }
}

/** @throws SqliteError */
function copy(driver: SqliteDriver, path: string, target: string): void {
  const connection = new SqliteConnection(driver.open(path));
  try {
    connection.run('VACUUM INTO ?', target);
  } finally {
    connection.close();
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
