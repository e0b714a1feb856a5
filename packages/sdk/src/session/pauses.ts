/** Pauses between attempts: each about twice as long as the one before, and no two clients in step. */

/** How long the pauses are, in seconds. */
export interface PauseOptions {
  /** The first one; 1, if not given. */
  readonly first?: number | undefined;
  /** The longest one; 128, if not given. */
  readonly longest?: number | undefined;
  /** At least 0, less than 1; `Math.random`, if not given. */
  readonly random?: (() => number) | undefined;
}

/** Gives pauses that grow until something succeeds. */
export class Pauses {
  readonly #options: Required<{ [K in keyof PauseOptions]: NonNullable<PauseOptions[K]> }>;
  #failures = 0;

  constructor({ first = 1, longest = 128, random = Math.random }: PauseOptions = {}) {
    this.#options = { first, longest, random };
  }

  /** The next pause, in seconds: between a half and the whole of what it has grown to. */
  next(): number {
    const { first, longest, random } = this.#options;
    const whole = Math.min(first * 2 ** Math.min(this.#failures++, 30), longest);
    return whole * (0.5 + random() / 2);
  }

  /** It succeeded: the next pause is a short one. */
  reset(): void {
    this.#failures = 0;
  }
}
