/** Turns over all tabs of an origin. */
import { Turns } from '../store/turns.ts';

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
  if (locks !== undefined) return async (action) => locks.request(name, action) as ReturnType<typeof action>;
  const turns = queues.get(name) ?? new Turns();
  queues.set(name, turns);
  return async (action) => turns.take(action);
}

/** By name: two stores of one process may have one database. */
const queues = new Map<string, Turns>();

function webLocks(): LockManager | undefined {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: LockManager } };
  return navigator?.locks;
}
