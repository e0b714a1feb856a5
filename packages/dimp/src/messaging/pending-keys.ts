/** Messages that bring their key and are just being opened, in this process: one that reuses the key waits for them. */
import { isDimError, keyDirection, type ReliableMessage } from 'dkd';
import type { Store } from '../memory/change.ts';

/** What brings keys into one store. */
interface Arrivals {
  /** How many are over. */
  count: number;
  /** By direction. */
  readonly pending: Map<string, Set<Promise<unknown>>>;
}

const arrivalsOf = new WeakMap<Store, Arrivals>();

/**
 * Opens a message. Of two at once, of which one brings the key and the other reuses it, the second is tried again when the
 * first one is read: what a station hands over together is opened together.
 */
export async function openWithKeys<T>(store: Store, message: ReliableMessage, open: () => Promise<T>): Promise<T> {
  const { sender, destination } = keyDirection(message);
  const direction = `${sender.entityKey} ${destination.entityKey}`;
  const arrivals = arrivalsOf.get(store) ?? { count: 0, pending: new Map<string, Set<Promise<unknown>>>() };
  arrivalsOf.set(store, arrivals);
  if (message.hasKey) return bring(arrivals, direction, open);
  const { count } = arrivals;
  try {
    return await open();
  } catch (error) {
    const pending = arrivals.pending.get(direction);
    const isNew = pending !== undefined || arrivals.count !== count;
    if (!isNew || !isDimError(error) || error.code !== 'MISSING_MESSAGE_KEY') throw error;
    if (pending !== undefined) await Promise.all(pending);
    return open();
  }
}

/** A message that brings its key waits for no other, so that none waits in a circle. */
async function bring<T>(arrivals: Arrivals, direction: string, open: () => Promise<T>): Promise<T> {
  const pending = arrivals.pending.get(direction) ?? new Set();
  arrivals.pending.set(direction, pending);
  const opened = open();
  const done = opened.catch(() => undefined);
  pending.add(done);
  try {
    return await opened;
  } finally {
    arrivals.count++;
    pending.delete(done);
    if (pending.size === 0) arrivals.pending.delete(direction);
  }
}
