/** The order in which deliveries leave: some are held back until another one has overtaken them. */
import type { Clock } from 'dimsdk';
import type { Fate } from '../chance/fate.ts';
import type { Delivery } from '../station/line.ts';

/** A delivery, and what becomes of it. */
export interface Outbound {
  readonly delivery: Delivery;
  readonly fate: Fate;
}

/** Nobody may come to overtake it: then it leaves after so many seconds. */
const MAX_HELD = 1;

/** A queue in which some can be overtaken: what was stored by all, else by others than those of its sender. */
export class Overtaking {
  readonly #clock: Clock;
  readonly #released: () => void;
  readonly #ready: Outbound[] = [];
  #held: Outbound[] = [];

  /** @param released called when there is something to take again */
  constructor(clock: Clock, released: () => void) {
    this.#clock = clock;
    this.#released = released;
  }

  /** Puts a delivery at the end. @param mayHold whether it is to be overtaken */
  add(outbound: Outbound, mayHold: boolean): void {
    const [first] = this.#held;
    if (first === undefined) {
      if (mayHold) this.#hold(outbound);
      else this.#ready.push(outbound);
    } else if (overtakes(outbound, first)) {
      this.#ready.push(outbound);
      this.#release();
    } else {
      this.#held.push(outbound);
    }
  }

  /** Takes the next one out. */
  take(): Outbound | undefined {
    return this.#ready.shift();
  }

  #hold(outbound: Outbound): void {
    const held = [outbound];
    this.#held = held;
    void this.#releaseLater(held);
  }

  async #releaseLater(held: readonly Outbound[]): Promise<void> {
    await this.#clock.wait(MAX_HELD);
    if (this.#held !== held) return;
    this.#release();
    this.#released();
  }

  #release(): void {
    this.#ready.push(...this.#held);
    this.#held = [];
  }
}

function overtakes({ delivery }: Outbound, held: Outbound): boolean {
  return held.delivery.wasStored || delivery.sender !== held.delivery.sender;
}
