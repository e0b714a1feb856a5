/** Long work that lets everything else run now and then: what a person does, timers, the network. */
import { DimError } from 'dkd';
import { nextTask } from './next-task.ts';

/** How long it works at a time, in milliseconds: less than one picture on a screen takes. */
const LONGEST_TURN = 10;

/** @throws DimError `USAGE_ARGUMENT` for a time in which nothing would be done */
export function checkTurn(longest: number | undefined, path: string): number | undefined {
  if (longest === undefined || (typeof longest === 'number' && longest >= 1)) return longest;
  throw new DimError('USAGE_ARGUMENT', 'must be milliseconds, and not less than 1', { path });
}

/** What it asks of the platform. */
export interface PaceHost {
  /** The time, in milliseconds since whenever; it never goes back. */
  now(): number;
  /** Ends behind all that is ready to run. */
  nextTask(): Promise<void>;
}

/**
 * How many steps of promises a caller has to begin with its work before the next one looks at the clock: of many at once all would
 * find that there is time, and then take it one after the other.
 */
const HEAD_START = 10;

/** The event loop of a thread. It is looked at only where somebody works. */
export class EventLoop {
  readonly #host: PaceHost;
  /** Since when nothing else has run. */
  #began: number | undefined;
  /** How often something else has run. */
  #turns = 0;
  /** How many pieces of work have begun and are not done. */
  #working = 0;
  /** Whether somebody is just beginning with work; the others wait. */
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  constructor(host: PaceHost = { now: () => performance.now(), nextTask }) {
    this.#host = host;
  }

  /** Waits until everything else has run, if nothing has for so long. One caller after the other. */
  pause(longest: number): Promise<void> | undefined {
    if (this.#isTaken || this.#isLong(longest)) return this.#wait(longest);
    // Whoever works alone, piece by piece, is the one to look at the clock next.
    if (this.#working !== 1) this.#take();
    return undefined;
  }

  /** Does a piece of work when it has paused. */
  async do<T>(longest: number, action: () => Promise<T>): Promise<T> {
    this.#working++;
    try {
      const pause = this.pause(longest);
      if (pause !== undefined) await pause;
      return await action();
    } finally {
      this.#working--;
    }
  }

  async #wait(longest: number): Promise<void> {
    // Whoever lets this one go on has taken it for this one.
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    while (this.#isLong(longest)) await this.#end();
    this.#take();
  }

  #take(): void {
    this.#isTaken = true;
    void this.#release();
  }

  async #release(): Promise<void> {
    for (let step = 0; step < HEAD_START; step++) await Promise.resolve();
    const next = this.#waiting.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
  }

  #isLong(longest: number): boolean {
    const now = this.#host.now();
    if (this.#began === undefined) {
      this.#began = now;
      void this.#end();
    }
    return now - this.#began >= longest;
  }

  async #end(): Promise<void> {
    const turn = this.#turns;
    await this.#host.nextTask();
    if (turn === this.#turns) {
      this.#turns++;
      this.#began = undefined;
    }
  }
}

const loopOfThisThread = /* @__PURE__ */ new EventLoop();

/** Work in many steps. */
export class LongWork {
  readonly #longest: number;
  readonly #loop: EventLoop;

  /** @param longest how long it works at a time, in milliseconds; `Infinity` where nothing else is to run */
  constructor(longest = LONGEST_TURN, loop = loopOfThisThread) {
    this.#longest = longest;
    this.#loop = loop;
  }

  /** Does a piece of it, behind a {@link LongWork.pause}. */
  do<T>(action: () => Promise<T>): Promise<T> {
    return this.#longest === Infinity ? action() : this.#loop.do(this.#longest, action);
  }

  /** Between two steps: ends at once, unless all work of this thread has gone on for long. */
  pause(): Promise<void> | undefined {
    return this.#longest === Infinity ? undefined : this.#loop.pause(this.#longest);
  }
}
