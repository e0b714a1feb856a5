/** The entry of the worker that each page starts: see `startEngine`. */
import { DimError } from 'dimp';
import { systemClock, webSocketTransport } from 'dimsdk';
import { deleteIndexedDbStore, openIndexedDbStore } from 'dimsdk/browser';
import { broadcastChannel } from '../protocol/broadcast.ts';
import { channelName, workerChannelName, type Word, type WorkerStart, type WorkerWord } from '../protocol/channel.ts';
import { dim } from './dim.ts';
import { elect } from './elect.ts';
import { createEngine } from './engine.ts';
import type { Platform } from './platform.ts';
import { serve } from './serve.ts';

addEventListener('message', ({ data }) => begin((data as WorkerStart).page), { once: true });

function begin(page: string): void {
  const name = channelName(page);
  const channel = broadcastChannel<Word>(name);
  const workers = broadcastChannel<WorkerWord>(workerChannelName(page));
  const work = async (
    platform: Platform,
    passphrase: string | undefined,
    share: (passphrase: string | undefined) => void,
  ): Promise<void> => {
    const engine = createEngine(platform, {
      tell: (event) => channel.post({ is: 'event', event }),
      secret: share,
    });
    await engine.start(passphrase);
    serve(channel, engine.calls);
    // Until the browser ends this worker: then another one has the lock.
    await new Promise<never>(() => undefined);
  };

  // Missing where a page did not come over https, and not from this machine.
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) void work(withoutStore(page), undefined, () => undefined);
  else
    void elect({ locks, channel: workers, name }, async (passphrase, share) =>
      work(platformOf(page), passphrase, share),
    );
}

function platformOf(page: string): Platform {
  const name = channelName(page);
  return {
    openStore: async (vault) => openIndexedDbStore({ dim, name, vault }),
    deleteStore: async () => deleteIndexedDbStore({ name }),
    transport: webSocketTransport(),
    clock: systemClock,
    fetch: async (url, init) => fetch(url, init),
    page,
  };
}

/** Two engines over one store would each send what is queued: without locks there is none. */
function withoutStore(page: string): Platform {
  const reason = 'a browser keeps tabs apart for pages over https alone';
  return { ...platformOf(page), openStore: async () => Promise.reject(new DimError('INTERNAL_PLATFORM', reason)) };
}
