/** Threads that decrypt: as many as there is work for. They start when they are needed, and end when nothing is to do. */
import { availableParallelism } from 'node:os';
import { privateDecrypt } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import { DecryptingThread, startWorker, type Decryption, type SharedKey } from './decrypting-thread.ts';
import { plainBytes } from './plain-bytes.ts';

/**
 * What one thread may have at a time. This one looks at what came after ten milliseconds of other work: by then none should have run out.
 */
const MAX_LOAD = 16;

/** How long threads stay when there is nothing to do, in milliseconds: a start takes some fifty. */
const IDLE_TIME = 60_000;

/** How often in a row a thread may end before it did anything. A platform may have none, or a process may not be allowed any. */
const MAX_FAILURES = 3;

/** How threads start, and what they need of time. */
export interface ThreadsHost {
  start(): Worker;
  /** Calls back later, and keeps no process alive for that. */
  after(milliseconds: number, action: () => void): void;
}

const PLATFORM: ThreadsHost = {
  start: startWorker,
  after: (milliseconds, action) => void setTimeout(action, milliseconds).unref(),
};

/** A number of threads. What they cannot do, or not yet, is done on the thread that asks. */
export class DecryptingThreads {
  readonly #max: number;
  readonly #host: ThreadsHost;
  readonly #threads = new Set<DecryptingThread>();
  readonly #waiting: Decryption[] = [];
  /** Threads keep a key as long as somebody here does. */
  readonly #gone = new FinalizationRegistry<number>((id) => {
    for (const thread of this.#threads) thread.forget(id);
  });
  #failures = 0;
  /** How much was done, to see whether anything was done since. */
  #count = 0;
  #isWatched = false;
  #isHere = false;
  #closed: Promise<void> | undefined;
  #emptied: () => void = () => undefined;

  /** @param max how many; as many as there are processors, if not given */
  constructor(max: number = availableParallelism(), host = PLATFORM) {
    this.#max = max;
    this.#host = host;
  }

  /** Sees to it that threads forget a key when it is gone. */
  watch(key: SharedKey): void {
    this.#gone.register(key, key.id);
  }

  /** Decrypts, on another thread if one has started. @throws what node:crypto throws */
  decrypt(key: SharedKey, padding: number, ciphertext: Uint8Array): Uint8Array | Promise<Uint8Array> {
    this.#count++;
    // What was asked before goes on to threads, and nothing more, so that it comes to an end.
    if (this.#closed !== undefined) return decryptHere(key, padding, ciphertext);
    if (!this.#hasReady()) {
      this.#grow();
      if (this.#waiting.length === 0) return decryptHere(key, padding, ciphertext);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, padding, ciphertext, resolve, reject });
      this.#spread();
    });
  }

  /** Ends all threads when they have done what they have; from then on all is done on the thread that asks. */
  async close(): Promise<void> {
    this.#closed ??= this.#close();
    await this.#closed;
  }

  async #close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#emptied = resolve;
      this.#tellIfEmpty();
    });
    await this.#end();
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#threads].map(async (thread) => thread.end()));
  }

  #hasReady(): boolean {
    return [...this.#threads].some(({ isReady }) => isReady);
  }

  /** Gives what waits to those who have least to do. */
  #spread(): void {
    while (this.#waiting.length > 0) {
      const ready = [...this.#threads].filter(({ isReady }) => isReady);
      const thread = ready.reduce<DecryptingThread | undefined>(
        (least, one) => (least === undefined || one.load < least.load ? one : least),
        undefined,
      );
      if (thread === undefined) return this.#doHere();
      if (thread.load > 0) this.#grow();
      if (thread.load >= MAX_LOAD) return;
      const next = this.#waiting.shift();
      if (next !== undefined) thread.take(next);
    }
    this.#tellIfEmpty();
  }

  /** Starts one more, where all that there are have started. */
  #grow(): void {
    const isFull = this.#threads.size >= this.#max || this.#failures >= MAX_FAILURES || this.#closed !== undefined;
    if (isFull || [...this.#threads].some(({ isReady }) => !isReady)) return;
    try {
      const thread = new DecryptingThread(this.#host.start(), {
        changed: () => {
          this.#failures = 0;
          this.#spread();
        },
        ended: (ended, left) => this.#ended(ended, left),
      });
      this.#threads.add(thread);
    } catch {
      this.#failures = MAX_FAILURES;
    }
    this.#endWhenIdle();
  }

  #ended(thread: DecryptingThread, left: readonly Decryption[]): void {
    this.#threads.delete(thread);
    if (!thread.isReady) this.#failures++;
    this.#waiting.unshift(...left);
    this.#spread();
  }

  /** What waits and has no thread any longer, one after the other, so that everything else runs in between. */
  #doHere(): void {
    if (this.#isHere) return;
    this.#isHere = true;
    setImmediate(() => {
      this.#isHere = false;
      const next = this.#waiting.shift();
      if (next !== undefined) settleHere(next);
      this.#spread();
    });
  }

  #endWhenIdle(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    const count = this.#count;
    this.#host.after(IDLE_TIME, () => {
      this.#isWatched = false;
      if (this.#threads.size === 0) return;
      if (this.#count === count && this.#isEmpty()) void this.#end();
      else this.#endWhenIdle();
    });
  }

  #isEmpty(): boolean {
    return this.#waiting.length === 0 && [...this.#threads].every(({ load }) => load === 0);
  }

  #tellIfEmpty(): void {
    if (this.#isEmpty()) this.#emptied();
  }
}

function decryptHere({ object }: SharedKey, padding: number, ciphertext: Uint8Array): Uint8Array {
  return plainBytes(privateDecrypt({ key: object, padding }, ciphertext));
}

function settleHere({ key, padding, ciphertext, resolve, reject }: Decryption): void {
  try {
    resolve(decryptHere(key, padding, ciphertext));
  } catch (error) {
    reject(error);
  }
}
