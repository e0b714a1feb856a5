/** Places of messages in a conversation: by the time when they were written and, of one moment, as they came. */
import { BoundedCache } from 'dimp/internal';
import type { ID } from 'dimp';
import { STEP } from '../device/sequence.ts';

/** Of how many senders the last place is known. */
const SENDERS = 1000;

/** When a sender wrote what came last, and where it stands. */
interface Place {
  readonly written: number;
  readonly time: number;
}

/** Gives places. Clocks of writers count whole milliseconds or seconds, and they write more than one message in one. */
export class Places {
  readonly #last = new BoundedCache<string, Place>(SENDERS);

  /**
   * The time at which a message stands.
   * @param written when it was written, by its writer's clock
   * @param order when it came; a time of the future would stay below all that comes
   */
  of({ entityKey }: ID, written: number, order: number): number {
    const last = this.#last.get(entityKey);
    const time = Math.min(last?.written === written ? last.time + STEP : written, order);
    this.#last.set(entityKey, { written, time });
    return time;
  }
}
