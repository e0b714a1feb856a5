/** What the platform does in other threads. */

/** The part of `node:async_hooks` that is used here. */
interface AsyncHooks {
  createHook(options: {
    init(id: number, type: string, trigger: number, resource: Readonly<Record<string, unknown>>): void;
    before(id: number): void;
    trackPromises: boolean;
  }): { enable(): unknown };
}

/** How Node tells what it gives to its threads, and the field with what is called when that is back. */
const THREAD_WORK = [
  // Keys, signatures and digests; what waits for them at once has nothing to call.
  { type: /^[A-Z0-9]{1,40}REQUEST$/, done: 'ondone' },
  // Files. Node does not tell when the reading of a Blob of a file is back, and has nothing to call for it.
  { type: /^FSREQCALLBACK$/, done: 'oncomplete' },
  { type: /^FSREQPROMISE$/, done: undefined },
];

/** What may be in other threads now, by its number: whether it is. */
const begun = new Map<number, () => boolean>();

let isWatched = false;
let isTold = false;

/**
 * Counts from now on what begins in other threads and what comes back, where the platform is Node. Elsewhere nobody tells of it.
 *
 * Watching does not end, so that nothing is missed that begins between two clocks.
 */
export function watchThreads(): void {
  if (isWatched) return;
  isWatched = true;
  const { process } = globalThis as { readonly process?: { getBuiltinModule?: (name: string) => unknown } };
  const hooks = process?.getBuiltinModule?.('async_hooks') as AsyncHooks | undefined;
  hooks
    ?.createHook({
      init: (id, name, _, resource) => {
        const work = THREAD_WORK.find(({ type }) => type.test(name));
        if (work === undefined) return;
        isTold = true;
        begun.set(id, () => work.done === undefined || resource[work.done] !== undefined);
      },
      before: (id) => {
        begun.delete(id);
      },
      trackPromises: false,
    })
    .enable();
}

/** Whether this platform tells what is in other threads: it has told once. */
export function areThreadsTold(): boolean {
  return isTold;
}

/** Whether something is in another thread that has not come back. Not to be asked by what begins something there itself. */
export function isInThreads(): boolean {
  for (const [id, isRunning] of begun)
    if (isRunning()) return true;
    else begun.delete(id);
  return false;
}
