/** A clock whose time a test moves. */
import { DimError } from 'dimp';
import { requireArgument } from 'dimp/extend';
import type { Clock } from 'dimsdk';
import { isInThreads, watchThreads } from './threads.ts';
import { Turns } from './turns.ts';

/** How a clock begins. */
export interface TestClockOptions {
  /**
   * The time that it shows first, in seconds since 1970; that of this device, if not given, since what an application signs
   * or writes without this clock has that time.
   */
  readonly start?: number | undefined;
  /** Whether time jumps by itself from the beginning: see {@link TestClock.start}. */
  readonly isRunning?: boolean | undefined;
}

/** How long to let time pass. */
export interface UntilOptions {
  /** How many seconds may pass; a day, if not given. */
  readonly within?: number | undefined;
}

interface Wait {
  readonly due: number;
  readonly end: () => void;
}

const DAY = 24 * 60 * 60;

/** How often in a row nothing must have happened before time may jump. */
const QUIET_TURNS = 8;

/**
 * A clock that stands until a test moves it. Waits end in the order of their times, and of two with the same time, the one
 * first that began first. Between two times, everything runs that can run without time going by, so that a test of days
 * takes as long as what happens in them.
 *
 * It sees that something goes on by what is waited for here and by what it is told with {@link TestClock.during}. Node tells
 * it also what runs in other threads, as keys of the backend `native` and files; on other platforms it knows only that such
 * work is quick. Where each run must be the same to the last step, take the backend `portable`, which signs in this thread.
 *
 * @example
 * ```ts
 * import { TestClock } from 'dimtestkit/network';
 *
 * async function example(): Promise<void> {
 *   const clock = new TestClock({ start: 1_800_000_000 });
 *   let rings = 0;
 *   void clock.wait(60).then(() => rings++);
 *   await clock.advance(59); // rings: 0
 *   await clock.advance(1); // rings: 1
 * }
 * ```
 */
export class TestClock implements Clock {
  #now: number;
  /** By their times. */
  readonly #waits: Wait[] = [];
  /** Counts what happens. */
  #happened = 0;
  /** How much is going on, and who waits for it to end. */
  #work = 0;
  #whenIdle: (() => void)[] = [];
  #whenWaited: (() => void)[] = [];
  #isRunning = false;

  /** @throws DimError `USAGE_ARGUMENT` for a time that is none */
  constructor(options: TestClockOptions = {}) {
    const start = options.start ?? Date.now() / 1000;
    if (!Number.isFinite(start)) throw new DimError('USAGE_ARGUMENT', 'must be a time', { path: 'start' });
    this.#now = start;
    watchThreads();
    if (options.isRunning === true) this.start();
  }

  now(): number {
    return this.#now;
  }

  async wait(seconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!(seconds > 0)) return;
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#remove(wait);
        reject(signal?.reason as Error);
      };
      const end = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const wait: Wait = { due: this.#now + seconds, end };
      signal?.addEventListener('abort', abort, { once: true });
      this.#insert(wait);
    });
  }

  /** When the next wait ends, in seconds since 1970; undefined when nobody waits. */
  get next(): number | undefined {
    return this.#waits[0]?.due;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waits.length;
  }

  /**
   * Moves time on, and ends what waits until then, each at its time. When it is done, everything has happened that can
   * happen until then.
   *
   * @throws DimError `USAGE_ARGUMENT` for what is no number of seconds, or a negative one
   */
  async advance(seconds: number): Promise<void> {
    if (!(seconds >= 0 && seconds < Infinity))
      throw new DimError('USAGE_ARGUMENT', 'must be a number of seconds, not negative', { path: 'seconds' });
    const target = this.#now + seconds;
    await this.settled();
    while (this.next !== undefined && this.next <= target) {
      this.#jump();
      await this.settled();
    }
    if (this.#now < target) this.#now = target;
  }

  /** Ends when nothing can happen any more without time going by. */
  async settled(): Promise<void> {
    const turns = new Turns();
    for (let seen = -1, quiet = 0; quiet < QUIET_TURNS; quiet++) {
      while (this.#work > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
      await turns.next();
      if (isInThreads() || this.#happened !== seen) quiet = 0;
      seen = this.#happened;
    }
    turns.close();
  }

  /**
   * Says that something is going on which needs no time of this clock: time does not jump by itself before it has ended.
   * For work that is not done in this thread, as reading files, or a transfer over a real network.
   * @returns what it gives
   */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#work++;
    this.#happened++;
    try {
      return await work;
    } finally {
      this.#work--;
      this.#happened++;
      if (this.#work === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
  }

  /**
   * Lets time jump by itself to the end of the next wait, whenever nothing else is going on, until {@link TestClock.stop}.
   * A program that waits again and again, as for each next ping, makes time race for as long as the test does something else.
   */
  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#run(() => this.#isRunning);
  }

  /** Lets time stand again. */
  stop(): void {
    this.#isRunning = false;
    this.#wake();
  }

  /**
   * Lets time jump by itself until a promise is settled.
   *
   * @returns what it gives
   * @throws what it throws; DimError `USAGE_ARGUMENT` when too much time has passed
   * @example
   * ```ts
   * import { TestClock } from 'dimtestkit/network';
   *
   * async function example(clock: TestClock, answered: Promise<string>): Promise<string> {
   *   return clock.until(answered, { within: 3600 });
   * }
   * ```
   */
  async until<T>(promise: Promise<T>, options: UntilOptions = {}): Promise<T> {
    const { within = DAY } = requireArgument(options, 'options');
    const limit = this.#now + within;
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
      this.#wake();
    };
    promise.then(settle, settle);
    const isInTime = await this.#run(
      () => !isSettled,
      () => this.next === undefined || this.next <= limit,
    );
    if (!isInTime && !isSettled)
      throw new DimError('USAGE_ARGUMENT', `${within} seconds have passed, and it is not settled`, { path: 'promise' });
    return promise;
  }

  /** @returns whether it ended because it was to go on no longer, and not because it must not jump */
  async #run(goesOn: () => boolean, mayJump: () => boolean = () => true): Promise<boolean> {
    while (goesOn()) {
      await this.settled();
      if (!goesOn()) break;
      if (!mayJump()) return false;
      if (this.next === undefined) await new Promise<void>((resolve) => this.#whenWaited.push(resolve));
      else this.#jump();
    }
    return true;
  }

  /** To the end of the next wait, and of all that have the same. */
  #jump(): void {
    const due = Math.max(this.next ?? this.#now, this.#now);
    this.#now = due;
    while (this.next !== undefined && this.next <= due) this.#waits.shift()?.end();
    this.#happened++;
  }

  #insert(wait: Wait): void {
    let low = 0;
    let high = this.#waits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#waits[middle]?.due ?? 0) <= wait.due) low = middle + 1;
      else high = middle;
    }
    this.#waits.splice(low, 0, wait);
    this.#wake();
  }

  #remove(wait: Wait): void {
    const index = this.#waits.indexOf(wait);
    if (index !== -1) this.#waits.splice(index, 1);
    this.#happened++;
  }

  #wake(): void {
    this.#happened++;
    for (const resolve of this.#whenWaited.splice(0)) resolve();
  }
}
