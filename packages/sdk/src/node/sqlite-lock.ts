/**
 * Turns over all processes that have a store open.
 *
 * A turn is a transaction that writes nothing, in a small database beside the store: the kernel ends it with its process,
 * however that ends. Whoever waits asks again and again, and blocks nothing meanwhile. Beside the lock there is a gate, by the same
 * means: who waits for the lock holds the gate, and who wants the lock again has to go through it. So a process that has much
 * to do does not keep the others waiting.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Turns } from '../store/turns.ts';
import { SqliteError, type SqliteDatabase, type SqliteDriver } from './sqlite-driver.ts';
import { storeFailure } from './sqlite-failures.ts';
import { prepareFile } from './sqlite-files.ts';

/** The result code of SQLite where another one has the lock. */
const BUSY = 5;

/** How long to wait before asking again, in milliseconds: at first, and at most. */
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 20;

/** By path: all handles of one process wait in one queue. */
const queues = new Map<string, Turns>();

/** The lock of one handle. */
export class SqliteLock {
  readonly #queue: Turns;
  readonly #driver: SqliteDriver;
  readonly #path: string;
  #lock: SqliteDatabase | undefined;
  #gate: SqliteDatabase | undefined;

  /** @param path of the store, as {@link prepareFile} gives it */
  constructor(driver: SqliteDriver, path: string) {
    this.#driver = driver;
    this.#path = path;
    this.#queue = queues.get(path) ?? new Turns();
    queues.set(path, this.#queue);
  }

  /** Runs an action while no other one runs, of whatever process. @throws what it throws; DimError `STORE_…` */
  take<T>(action: () => Promise<T>): Promise<T> {
    return this.#queue.take(async () => {
      // All that follows may take no time at all: whoever has much to do leaves room for timers and sockets all the same.
      await setImmediate();
      const lock = await this.#enter();
      try {
        return await action();
      } finally {
        lock.exec('ROLLBACK');
      }
    });
  }

  async #enter(): Promise<SqliteDatabase> {
    try {
      const [lock, gate] = [(this.#lock ??= this.#open('lock')), (this.#gate ??= this.#open('gate'))];
      await enter(gate);
      try {
        await enter(lock);
      } finally {
        gate.exec('ROLLBACK');
      }
      return lock;
    } catch (error) {
      // The disk may be full for these files as it may be for the store.
      throw storeFailure(error, this.#path);
    }
  }

  close(): void {
    this.#lock?.close();
    this.#gate?.close();
  }

  #open(what: 'lock' | 'gate'): SqliteDatabase {
    const database = this.#driver.open(prepareFile(`${this.#path}-${what}`));
    // It is asked again from here, where others can do something meanwhile.
    database.exec('PRAGMA busy_timeout = 0');
    return database;
  }
}

async function enter(database: SqliteDatabase): Promise<void> {
  for (let pause = FIRST_PAUSE; !tryToEnter(database); pause = Math.min(2 * pause, LONGEST_PAUSE))
    // At different times of different processes.
    await setTimeout(pause * (0.5 + Math.random() / 2));
}

/** @returns whether the transaction is begun; not, where another one has the lock */
export function tryToEnter(database: SqliteDatabase): boolean {
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (error instanceof SqliteError && error.primaryCode === BUSY) return false;
    throw error;
  }
}
