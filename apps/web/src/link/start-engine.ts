/** A page's worker, and its link to whichever worker has the engine. */
// oxlint-disable-next-line import/default -- Vite makes this one
import workerUrl from '../engine/worker.ts?worker&url';
import { broadcastChannel } from '../protocol/broadcast.ts';
import { channelName, type Word, type WorkerStart } from '../protocol/channel.ts';
import { connectEngine } from './connect-engine.ts';
import type { EngineLink } from './engine-link.ts';

/** Called once, as the page begins. */
export function startEngine(): EngineLink {
  const page = location.href.slice(0, location.href.length - location.hash.length);
  const link = connectEngine(broadcastChannel<Word>(channelName(page)), globalThis);
  const worker = new Worker(workerUrl, { type: 'module' });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
  worker.postMessage({ page } satisfies WorkerStart);
  return link;
}
