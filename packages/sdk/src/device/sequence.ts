/** Times that no two things of one device share, so that they stand in the order in which they happened. */
import type { Clock } from '../ports/clock.ts';

/** The smallest step that a time of this century has as a number, with some room. */
export const STEP = 1e-6;

/** Gives times that grow. */
export class Sequence {
  readonly #clock: Clock;
  #last: number;

  /** @param last the last one that was given before a restart */
  constructor(clock: Clock, last = 0) {
    this.#clock = clock;
    this.#last = last;
  }

  /** The time now; a moment later where the clock has not moved, or went back. */
  next(): number {
    this.#last = Math.max(this.#clock.now(), this.#last + STEP);
    return this.#last;
  }

  /** Gives none that is not after this one. */
  after(last: number): void {
    this.#last = Math.max(this.#last, last);
  }
}
