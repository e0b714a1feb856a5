/** Transactions: all of what they write, or nothing. */
import { nameOf, storeFailure } from './failures.ts';
import type { Reading, TableDatabase, TableName, Writing } from './schema.ts';

/** What reads in a transaction: it awaits nothing but the database. */
export type Read<T> = (transaction: Reading) => Promise<T>;

/** Reads from tables, as they are at one moment. @throws DimError `STORE_…` */
export async function read<T>(database: TableDatabase, tables: readonly TableName[], action: Read<T>): Promise<T> {
  const transaction = database.transaction([...tables], 'readonly');
  // What a request failed with says it all.
  transaction.done.catch(() => undefined);
  return action(transaction);
}

/**
 * Writes into tables. When it is done, the disk has it: without `strict`, browsers leave that to the system.
 *
 * @param action is done with all that it has queued, or throws: then nothing is written
 * @throws what the action throws; DimError `STORE_FULL`, `STORE_FAILED`
 */
export async function write<T>(
  database: TableDatabase,
  tables: readonly TableName[],
  action: (writer: Writer) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction([...tables], 'readwrite', { durability: 'strict' });
  const ended = endOf(transaction);
  const writer = new Writer(transaction);
  try {
    const value = await action(writer);
    transaction.commit();
    const failure = await ended;
    if (failure !== undefined) throw failure;
    return value;
  } catch (error) {
    abort(transaction);
    const failure = await ended;
    // A request that was under way when another one failed knows less than the transaction.
    throw storeFailure(nameOf(error) === 'AbortError' ? (failure ?? error) : error);
  }
}

/** A transaction that writes, and what it was told to write. */
export class Writer {
  readonly transaction: Writing;

  constructor(transaction: Writing) {
    this.transaction = transaction;
  }

  /** To hand it to what only reads. */
  get reading(): Reading {
    // The types of idb have no methods to write where a transaction reads; otherwise they are the same.
    return this.transaction as unknown as Reading;
  }

  /** Leaves a request to the transaction, which fails when it does. */
  queue(request: Promise<unknown>): void {
    request.catch(() => undefined);
  }
}

/** Why a transaction was not committed; undefined where it was. */
function endOf(transaction: Writing): Promise<DOMException | undefined> {
  // `done` of idb settles with the first error that a request meets, before it is known what it does to the transaction.
  transaction.done.catch(() => undefined);
  return new Promise((resolve) => {
    transaction.addEventListener('complete', () => {
      resolve(undefined);
    });
    transaction.addEventListener('abort', () => {
      resolve(transaction.error ?? new DOMException('the transaction was aborted', 'AbortError'));
    });
  });
}

function abort(transaction: Writing): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
