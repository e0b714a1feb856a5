/** Which messages have passed here: none goes around in a circle, and none is delivered again that came again. */
import { DimError, type JsonMap, type JsonValue } from 'dimp';
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

  /** Whether a message has passed. @param trace see {@link traceOf} */
  hasPassed(trace: string): boolean {
    const time = this.#passed.get(trace);
    return time !== undefined && this.#clock.now() - time < KNOWN_FOR;
  }

  /** Notes that a message has passed: once it is kept. */
  passed(trace: string): void {
    this.#passed.set(trace, this.#clock.now());
  }

  /** A message is at another station now: when it comes back, it is taken again. */
  forget(trace: string): void {
    if (this.hasPassed(trace)) this.#passed.set(trace, -Infinity);
  }
}

/** By what a message is known: one that a station has split is another one for each terminal. */
export function traceOf(mark: string, part: JsonValue | undefined): string {
  return typeof part === 'string' ? `${mark} ${part}` : mark;
}

/** Stations through which a message may go. */
export const MAX_TRACES = 16;

/** Where a message has been. */
export interface Traces {
  readonly list: readonly JsonValue[];
  /** Whether it has been at this station. */
  readonly isHere: boolean;
  /** Whether it has gone as far as a message may. */
  readonly isFull: boolean;
}

/** The stations that a message came through, as they say. @throws DimError `INPUT_LIMIT` for more than any message comes through */
export function tracesOf(fields: JsonMap, station: string): Traces {
  const list = itemsOf(fields, 'traces');
  if (list.length > 2 * MAX_TRACES)
    throw new DimError('INPUT_LIMIT', 'came through too many stations', { path: 'traces' });
  return { list, isHere: stationsIn(list).includes(station), isFull: list.length >= MAX_TRACES };
}

/** The IDs of the stations in a list of traces. */
export function stationsIn(traces: readonly JsonValue[]): readonly string[] {
  return traces.flatMap((trace) => {
    if (typeof trace === 'string') return [trace];
    const did = typeof trace === 'object' && trace !== null && 'did' in trace ? trace['did'] : undefined;
    return typeof did === 'string' ? [did] : [];
  });
}
