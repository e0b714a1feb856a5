/** Stores that cannot keep anything for a while, as where a disk is full or a row is locked. */
import type { Store } from '../src/index.ts';

/** A store whose commits fail as long as a question asked before each of them is answered with a text. */
export function failingStore(store: Store, failure: () => string | undefined): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'commit')
        return async (...changes: Parameters<Store['commit']>) => {
          await Promise.resolve();
          const message = failure();
          if (message !== undefined) throw new Error(message);
          await target.commit(...changes);
        };
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** A store whose first commit fails. */
export function failingOnce(store: Store): Store {
  let failures = 1;
  return failingStore(store, () => (failures-- > 0 ? 'locked' : undefined));
}
