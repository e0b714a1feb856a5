/** Which messages are just being kept, in this process: a second copy of one waits for what becomes of the first. */
import { readMarkKey, type ReadMark } from 'dkd';
import type { Change, Store } from '../memory/change.ts';

const pending = new WeakMap<Store, Map<string, Promise<void>>>();

/**
 * Waits while the same message is being kept.
 * @returns whether there was such a one: then memory has to be asked again
 */
export async function waitForCopies(store: Store, mark: ReadMark): Promise<boolean> {
  const other = pending.get(store)?.get(readMarkKey(mark));
  await other;
  return other !== undefined;
}

/** Commits changes; copies of the message that they mark wait until it is done or has failed. */
export async function commitMarked(store: Store, changes: readonly Change[], mark: ReadMark): Promise<void> {
  const marks = pending.get(store) ?? new Map<string, Promise<void>>();
  pending.set(store, marks);
  const key = readMarkKey(mark);
  const committed = (async () => store.commit(changes))();
  marks.set(
    key,
    committed.then(
      () => undefined,
      () => undefined,
    ),
  );
  try {
    await committed;
  } finally {
    marks.delete(key);
  }
}
