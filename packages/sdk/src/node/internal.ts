/** `dimsdk/node/internal`: SQLite, as the packages of this repository share it. It may change with any version. */
export { numberIn, SqliteConnection, textIn } from './sqlite-connection.ts';
export {
  libsqlDriver,
  loadSqliteDriver,
  nodeSqliteDriver,
  SqliteError,
  type SqliteDatabase,
  type SqliteDriver,
  type SqliteStatement,
  type SqlRow,
  type SqlValue,
} from './sqlite-driver.ts';
export { fileFailure, storeFailure } from './sqlite-failures.ts';
export { prepareFile, restrictFiles } from './sqlite-files.ts';
export { textBytes, textOfBytes } from './sqlite-text.ts';
