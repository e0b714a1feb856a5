/** Stores of tests, with the connection behind them. */
import type { ClientStore } from '../../src/ports/client-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { connect } from '../../src/node/sqlite-connect.ts';
import type { SqliteConnection } from '../../src/node/sqlite-connection.ts';
import { loadSqliteDriver } from '../../src/node/sqlite-driver.ts';
import { prepareFile } from '../../src/node/sqlite-files.ts';
import { SqliteLock } from '../../src/node/sqlite-lock.ts';
import { SqliteStore } from '../../src/node/sqlite-store.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { readStoreLimits, type StoreLimitOptions } from '../../src/store/store-limits.ts';
import { dim } from '../people.ts';

/** A store without a vault, and its connection. */
export interface OpenedStore {
  readonly store: SqliteStore;
  readonly connection: SqliteConnection;
}

export async function openedStore(
  path: string,
  { clock = systemClock, ...limits }: StoreLimitOptions & { readonly clock?: Clock } = {},
): Promise<OpenedStore> {
  const driver = await loadSqliteDriver();
  const file = prepareFile(path);
  const connection = await connect(driver, file);
  const lock = new SqliteLock(driver, file);
  const parts = { connection, lock, path: file, codecs: dim, limits: readStoreLimits(limits), clock };
  return { store: new SqliteStore(parts), connection };
}

/** A clock that stands still until it is set. */
export function clockAt(time: number): Clock & { set(time: number): void } {
  let now = time;
  return { now: () => now, wait: async () => Promise.resolve(), set: (next) => (now = next) };
}

/** A row of notes. */
export const note = (key: string, order = 1, text = 'Hello') =>
  ({ do: 'put-row', row: { table: 'app-notes', key, partition: 'notes', order, value: { text } } }) as const;

/** The keys of all notes. */
export async function notesOf(store: ClientStore): Promise<readonly string[]> {
  return (await store.rows('app-notes', 'notes', { limit: 1000 })).map(({ key }) => key);
}
