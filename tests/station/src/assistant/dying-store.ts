/** A store whose process is killed at a commit: nothing of that commit is kept, and nothing is done after it. */
import { DimError } from 'dimp';
import type { ClientStore } from 'dimsdk';

/** @param last how many commits are kept @param died is called once */
export function dyingStore(store: ClientStore, last: number, died: () => void): ClientStore {
  let left = last;
  const dead = (): DimError => new DimError('STORE_CLOSED', 'its process was killed');
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        if (name === 'commit') {
          if (left === 0) died();
          left -= 1;
        }
        if (left < 0) throw dead();
        return Reflect.apply(value, target, given);
      };
    },
  });
}
