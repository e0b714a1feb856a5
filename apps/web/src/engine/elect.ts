/** One engine for all pages of this browser: the worker that has the lock. The others wait, and one of them goes on when it ends. */
import type { WordChannel } from '../protocol/broadcast.ts';
import type { WorkerWord } from '../protocol/channel.ts';

/** What is needed of `navigator.locks`. */
export interface Locks {
  request(name: string, work: () => Promise<void>): Promise<unknown>;
}

/**
 * Waits for the lock, and works then until this worker ends. Meanwhile it holds the passphrase in memory, so that closing one tab does
 * not lock the others.
 * @param work does the work of the engine; it is given what it tells the waiting ones by
 */
export async function elect(
  { locks, channel, name }: { readonly locks: Locks; readonly channel: WordChannel<WorkerWord>; readonly name: string },
  work: (passphrase: string | undefined, share: (passphrase: string | undefined) => void) => Promise<void>,
): Promise<void> {
  let secret: string | undefined;
  let isElected = false;

  channel.hear((word) => {
    if (word.is === 'secret' && !isElected) secret = word.passphrase;
    if (word.is === 'secret?' && isElected) channel.post({ is: 'secret', passphrase: secret });
  });
  channel.post({ is: 'secret?' });
  await locks.request(name, async () => {
    isElected = true;
    await work(secret, (passphrase) => {
      secret = passphrase;
      channel.post({ is: 'secret', passphrase });
    });
  });
}
