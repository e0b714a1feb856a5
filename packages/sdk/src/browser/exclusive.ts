/** Turns over all tabs of an origin. */
import { Turns } from '../store/turns.ts';
import { storeFailure } from './failures.ts';

/** Runs an action when it is its turn. */
export type TakeTurn = <T>(action: () => Promise<T>) => Promise<T>;

/**
 * The turns of a name. The browser keeps them, by Web Locks: a tab that is closed gives up its turn.
 *
 * Where there are none, in pages that did not come over https and in old browsers, there is a queue in this process alone:
 * two tabs are not kept apart then. What a store keeps is right all the same, as each commit is a transaction; but what two
 * tabs plan at once, they plan without each other.
 */
export function turnsOf(name: string): TakeTurn {
  const locks = webLocks();
  if (locks !== undefined) return async (action) => underLock(locks, name, action);
  const turns = queues.get(name) ?? new Turns();
  queues.set(name, turns);
  return async (action) => turns.take(action);
}

/** @throws what the action throws; DimError `STORE_FAILED` where the browser gives no turn, to a page that it discards say */
async function underLock<T>(locks: LockManager, name: string, action: () => Promise<T>): Promise<T> {
  let hasBegun = false;
  try {
    return await locks.request(name, async () => {
      hasBegun = true;
      return action();
    });
  } catch (error) {
    throw hasBegun ? error : storeFailure(error);
  }
}

/** By name: two stores of one process may have one database. */
const queues = new Map<string, Turns>();

function webLocks(): LockManager | undefined {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: LockManager } };
  return navigator?.locks;
}
