/** URLs that failed: asking again and again helps nobody, and a list of messages that is scrolled asks again and again. */
import { DimError } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import type { Clock } from '../ports/clock.ts';

/** How many are remembered. */
const CAPACITY = 1000;

/** Remembers failures for a while. */
export class FailedUrls {
  readonly #clock: Clock;
  readonly #seconds: number;
  /** When each failed. */
  readonly #failed = new BoundedCache<string, number>(CAPACITY);

  constructor(clock: Clock, seconds: number) {
    this.#clock = clock;
    this.#seconds = seconds;
  }

  /** @throws DimError `FILE_TRANSFER` for one that failed a while ago */
  check(url: string): void {
    const since = this.#failed.get(url);
    if (since === undefined) return;
    const left = since + this.#seconds - this.#clock.now();
    // A clock that was set back would keep it for who knows how long.
    if (left <= 0 || left > this.#seconds) return;
    const reason = `it failed a while ago: ask again in ${Math.ceil(left)} seconds, or with again: true`;
    throw new DimError('FILE_TRANSFER', reason, { path: 'URL' });
  }

  add(url: string): void {
    this.#failed.set(url, this.#clock.now());
  }
}
