/** Keys at rest, and places that have no storage. */
import { isDimError } from 'dimp';
import { textOf } from 'dimp/extend';
import { passphraseVault, type ClientStore } from 'dimsdk';
import { openIndexedDbStore } from 'dimsdk/browser';
import { createPerson, dim, failureOf, openStore } from './open.ts';
import { dumpOf } from './raw.ts';

const CHEAP = { cost: 16, lowestCost: 16 };

/** What comes of keys with a vault, and of a vault that comes later. */
export async function checkVaults(name: string): Promise<Readonly<Record<string, unknown>>> {
  const owner = await createPerson('Owner');
  const secret = textOf(owner.keys.identity.fields, 'data');
  const canSign = async (store: ClientStore): Promise<boolean> =>
    typeof ((await store.keys(owner.id))?.identity as { sign?: unknown } | undefined)?.sign === 'function';

  const plain = await openStore(name);
  await dim.addUser(plain, owner);
  const plainly = { canSign: await canSign(plain), isInClear: (await dumpOf(name)).includes(secret) };
  await plain.close();

  const vaulted = await openStore(name, { vault: passphraseVault('one', CHEAP) });
  const sealed = { canSign: await canSign(vaulted), isInClear: (await dumpOf(name)).includes(secret) };
  await vaulted.close();

  const wrong = await openStore(name, { vault: passphraseVault('two', CHEAP) });
  const withWrong = await failureOf(() => wrong.keys(owner.id));
  await wrong.close();
  return {
    plainly,
    sealed,
    'with another passphrase': withWrong,
    'without one': await failureOf(() => openStore(name)),
    'with none given': await failureOf(() =>
      openIndexedDbStore({ dim, name } as unknown as Parameters<typeof openIndexedDbStore>[0]),
    ),
    'without a name': await failureOf(() => openStore('')),
    'with no place for marks': await failureOf(() => openStore(name, { readMarks: 0 })),
  };
}

/** What is known of an identity is one object for as long as it is the same, whichever tab changes it. */
export async function checkObjects(name: string): Promise<Readonly<Record<string, unknown>>> {
  const [store, other] = [await openStore(name), await openStore(name)];
  const owner = await createPerson('Owner');
  const friend = await createPerson('Friend');
  await dim.addUser(store, owner);
  await dim.addContact(store, friend);
  const all = async (from: ClientStore) => [
    (await from.meta(friend.id))?.meta,
    ...((await from.documents(friend.id)) ?? []),
    (await from.keys(owner.id))?.identity,
  ];
  const isSame = (one: readonly unknown[], two: readonly unknown[]): boolean =>
    one.length === two.length && one.every((object, index) => object === two[index] && object !== undefined);
  const [first, second] = [await all(store), await all(store)];
  const [third, fourth] = [await all(other), await all(other)];
  await dim.forget(other, friend.id);
  const after = (await store.documents(friend.id)) ?? [];
  await dim.addContact(other, friend);
  const found = {
    'of who wrote them': isSame(first, second),
    'of who read them': isSame(third, fourth),
    'after another has forgotten': after.length,
    'after another has learned': isSame(first, await all(store)),
  };
  await store.close();
  await other.close();
  return found;
}

/** How opening a store fails here. */
export async function openingFails(): Promise<string> {
  try {
    await openStore('nowhere');
    return 'it was opened';
  } catch (error) {
    return isDimError(error) ? error.message : String(error);
  }
}

/** The same, where there is no such global. */
export async function openingFailsWithout(): Promise<string> {
  const { indexedDB: factory } = globalThis;
  const put = (value: unknown): void => {
    Object.defineProperty(globalThis, 'indexedDB', { value, configurable: true, writable: true });
  };
  put(undefined);
  try {
    return await openingFails();
  } finally {
    put(factory);
  }
}

/** Whether there are Web Locks. */
export function hasLocks(): boolean {
  return 'locks' in navigator && (navigator.locks as unknown) !== undefined;
}

/** Makes of this page one of a browser of 2024. */
export function forgetNewMethods(): void {
  Reflect.deleteProperty(IDBIndex.prototype, 'getAllRecords');
}

/** How durable the browser is told to make what is written: each answer once. */
export async function durabilities(name: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const prototype: object = IDBDatabase.prototype;
  const before = Object.getOwnPropertyDescriptor(prototype, 'transaction') ?? {};
  const begin = before.value as (this: IDBDatabase, ...parameters: readonly unknown[]) => IDBTransaction;
  function transaction(this: IDBDatabase, ...parameters: readonly unknown[]): IDBTransaction {
    const begun = begin.apply(this, [...parameters]);
    if (begun.mode === 'readwrite') found.add(begun.durability);
    return begun;
  }
  Object.defineProperty(prototype, 'transaction', { ...before, value: transaction });
  try {
    const store = await openStore(name);
    await dim.addUser(store, await createPerson('Owner'));
    await store.commit(
      [],
      [{ do: 'put-row', row: { table: 'app-any', key: 'a', partition: '', order: 1, value: {} } }],
    );
    await store.close();
  } finally {
    Object.defineProperty(prototype, 'transaction', before);
  }
  return [...found];
}
