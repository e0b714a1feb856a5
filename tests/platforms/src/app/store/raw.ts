/** Databases as they lie in the browser, without the library. */

/** The name of the database of a store. */
export function databaseOf(name: string): string {
  return `dimsdk/${name}`;
}

/** Opens a database. @param upgrade makes the version */
export function openRaw(
  name: string,
  version: number,
  upgrade: (database: IDBDatabase) => void = () => undefined,
): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseOf(name), version);
  request.addEventListener('upgradeneeded', () => {
    upgrade(request.result);
  });
  return resultOf(request);
}

/** All that is in a database, as text. */
export async function dumpOf(name: string): Promise<string> {
  const request = indexedDB.open(databaseOf(name));
  const database = await resultOf(request);
  const tables = [...database.objectStoreNames];
  const transaction = database.transaction(tables, 'readonly');
  const all = await Promise.all(
    tables.map(async (table) => [
      table,
      await resultOf(transaction.objectStore(table).getAllKeys()),
      await resultOf(transaction.objectStore(table).getAll()),
    ]),
  );
  database.close();
  return JSON.stringify(all);
}

export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('a request failed'));
    });
  });
}

/** When a transaction is kept. */
export function doneOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => {
      resolve();
    });
    transaction.addEventListener('abort', () => {
      reject(transaction.error ?? new Error('a transaction was aborted'));
    });
  });
}
