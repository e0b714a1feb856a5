/** What all links of a listener share. */
import type { Clock, Logger } from 'dimsdk';
import type { Transactions } from 'dimsdk/internal';
import type { HeldBytes } from './held-bytes.ts';
import type { ListenerLimits } from './listener-limits.ts';
import type { RareWarnings } from './rare-warnings.ts';
import type { WaitingBytes } from './waiting-bytes.ts';

/** Shared by the links of a listener. */
export interface LinkShared {
  readonly limits: ListenerLimits;
  readonly time: SteadyTime;
  readonly logger: Logger;
  readonly warnings: RareWarnings;
  /** Numbers packets that are sent. */
  readonly transactions: Transactions;
  /** What came. */
  readonly held: HeldBytes;
  /** What goes out. */
  readonly waiting: WaitingBytes;
  readonly turn: EndOfTurn;
}

/** Seconds that go by: never back, whatever somebody does to the clock. */
export class SteadyTime {
  readonly #clock: Clock;
  #latest: number;
  #passed = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#latest = clock.now();
  }

  /** Seconds since it began. */
  now(): number {
    const now = this.#clock.now();
    if (now > this.#latest) this.#passed += now - this.#latest;
    this.#latest = now;
    return this.#passed;
  }
}

/** Something to do when all that comes in one turn of the event loop has been done. */
interface Flushable {
  flush(): void;
}

/** Calls what is due at the end of a turn, so that many small writes become one. */
export class EndOfTurn {
  readonly #schedule: (action: () => void) => void;
  #due: Flushable[] = [];

  /** @param schedule runs an action at the end of the turn */
  constructor(schedule: (action: () => void) => void = setImmediate) {
    this.#schedule = schedule;
  }

  /** It is called once for each call of this. */
  add(due: Flushable): void {
    this.#due.push(due);
    if (this.#due.length === 1) this.#schedule(this.#run);
  }

  readonly #run = (): void => {
    for (const due of this.#due.splice(0)) due.flush();
  };
}
