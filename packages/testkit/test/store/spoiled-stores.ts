/** Stores that are wrong in one thing each, and the people that they are told of. */
import { createDim, type Change, type ID, type Store } from 'dimp';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { NaiveStore } from '../../../../tests/support/naive-store.ts';

const keys = await Promise.all([0, 1, 2].map(async () => platformBackend.rsa.generate(2048)));
let given = 0;
/** Making new keys of RSA would take most of the time. */
const backend: Backend = {
  ...platformBackend,
  rsa: { ...platformBackend.rsa, generate: () => keys[(given += 1) % keys.length] ?? new Uint8Array() },
};
export const dim = createDim({ plugins: [standardPlugin({ backend })] });
export const [bob, mallory] = await Promise.all([dim.createUser({ name: 'Bob' }), dim.createUser({ name: 'Mallory' })]);

/** The store with some of its methods replaced. */
export const spoiled = (change: (store: NaiveStore) => Partial<Record<keyof Store, unknown>>) => () => {
  const store = new NaiveStore(dim);
  const changes = change(store);
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = name in changes ? changes[name as keyof Store] : Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  }) as Store;
};
export const lowerCase = (id: ID) => dim.ID.create({ name: id.name?.toLowerCase() ?? 'none', address: id.address });

/** What a commit does beside what it was told to do, once it was told to forget an ID. */
export const forgetting = (kind: string) =>
  spoiled((store) => ({
    commit: async (changes: readonly Change[]) => {
      await store.commit(changes);
      if (!changes.some((change) => change.do === 'forget')) return;
      for (const key of store.rows.keys()) if (key.startsWith(kind)) store.rows.delete(key);
    },
  }));
/** Each change as another, on its way into the store. */
export const changing = (change: (told: Change) => Change) =>
  spoiled((store) => ({ commit: async (changes: readonly Change[]) => store.commit(changes.map(change)) }));
export const failing = (error: Error, isDue: (changes: readonly Change[]) => boolean) =>
  spoiled((store) => ({
    commit: async (changes: readonly Change[]) => {
      if (isDue(changes)) throw error;
      return store.commit(changes);
    },
  }));

/** Reads all rows, changes them, and writes them later, whatever came in between. */
export function racing() {
  return spoiled((store) => ({
    commit: async (changes: readonly Change[]) => {
      const copy = new NaiveStore(dim, store.rows);
      await copy.commit(changes);
      await new Promise((resolve) => setTimeout(resolve, 5));
      store.rows.clear();
      for (const [key, text] of copy.rows) store.rows.set(key, text);
    },
  }));
}

/** What is wrong, a store that is, the rule that it breaks, and what is told of it. */
export type WrongStore = readonly [what: string, open: () => Store, rule: string, received?: string];
