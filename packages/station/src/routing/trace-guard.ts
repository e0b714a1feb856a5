/** Which messages have passed here: none goes around in a circle, and none is delivered again that came again. */
import type { JsonMap, JsonValue } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import type { Clock } from 'dimsdk';
import { itemsOf } from '../directory/items-of.ts';

/** For how long a message is known, in seconds, and how many are. */
const KNOWN_FOR = 5 * 60 * 60;
const MOST_KNOWN = 200_000;

/** Remembers for five hours. A restart forgets: then the receivers know what they have read. */
export class TraceGuard {
  readonly #clock: Clock;
  readonly #passed = new BoundedCache<string, number>(MOST_KNOWN);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a message has passed. */
  hasPassed(mark: string): boolean {
    const time = this.#passed.get(mark);
    return time !== undefined && this.#clock.now() - time < KNOWN_FOR;
  }

  /** Notes that a message has passed: once it is kept. */
  passed(mark: string): void {
    this.#passed.set(mark, this.#clock.now());
  }
}

/** Stations through which a message may go. */
const MAX_TRACES = 16;

/** The stations that a message came through; undefined for one that has gone too far, or that has been here. */
export function tracesOf(fields: JsonMap, station: string): readonly JsonValue[] | undefined {
  const list = itemsOf(fields, 'traces');
  const isHere = list.some((trace) => {
    if (typeof trace === 'string') return trace === station;
    return typeof trace === 'object' && trace !== null && 'did' in trace && trace['did'] === station;
  });
  return isHere || list.length >= MAX_TRACES ? undefined : list;
}
