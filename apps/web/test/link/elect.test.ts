/** One engine at a time, and the passphrase that the next one has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elect, type Locks } from '../../src/engine/elect.ts';
import type { WorkerWord } from '../../src/protocol/channel.ts';
import { Hub } from './hub.ts';

/** Web Locks of one name: whoever works holds it until its work ends. */
function locks(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: async (_, work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

class Worker {
  readonly #start: Promise<string | undefined>;
  share: (passphrase: string | undefined) => void = () => undefined;
  end: () => void = () => undefined;

  constructor(hub: Hub<WorkerWord>, lock: Locks) {
    const channel = hub.end();
    this.#start = new Promise((resolve) => {
      void elect({ locks: lock, channel, name: 'dim-web' }, async (passphrase, share) => {
        this.share = share;
        resolve(passphrase);
        await new Promise<void>((end) => (this.end = end));
        channel.leave();
      });
    });
  }

  async elected(): Promise<string | undefined> {
    return this.#start;
  }
}

const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the next engine has the passphrase, whether it waited before it was typed or came later', async () => {
  const [hub, lock] = [new Hub<WorkerWord>(), locks()];
  const [first, second] = [new Worker(hub, lock), new Worker(hub, lock)];
  assert.equal(await first.elected(), undefined);
  first.share('correct horse');
  await settled();
  const third = new Worker(hub, lock);
  await settled();
  first.end();
  assert.equal(await second.elected(), 'correct horse');
  second.end();
  assert.equal(await third.elected(), 'correct horse');
});

test('locking is for the next engine, too', async () => {
  const [hub, lock] = [new Hub<WorkerWord>(), locks()];
  const [first, second] = [new Worker(hub, lock), new Worker(hub, lock)];
  await first.elected();
  first.share('correct horse');
  first.share(undefined);
  await settled();
  first.end();
  assert.equal(await second.elected(), undefined);
});
