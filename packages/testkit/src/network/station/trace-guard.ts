/** Which messages have passed here: none goes around in a circle. */
import { EntityType, type ID, type JsonMap, type JsonValue, type ReliableMessage } from 'dimp';
import type { Clock } from 'dimsdk';
import { keyOf, shortSignature } from './message-store.ts';

const MAX_AGE = 5 * 60 * 60;

/** How much later than its last pass a message must be dated to pass again, in seconds. */
const MIN_DISTANCE = 60;

/** Remembers for five hours. A restart forgets. */
export class TraceGuard {
  readonly #clock: Clock;
  /** When each passed last, the one first that has not passed for longest. */
  #passed = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes that a message passes. @param receiver the real one @returns whether it may */
  mayPass(message: ReliableMessage, receiver: ID): boolean {
    const now = this.#clock.now();
    this.#forget(now - MAX_AGE);
    const tag = `${shortSignature(message)} ${keyOf(receiver)}`;
    const last = this.#passed.get(tag);
    this.#passed.delete(tag);
    this.#passed.set(tag, now);
    return last === undefined || mayRepeat(message, last);
  }

  forgetAll(): void {
    this.#passed = new Map();
  }

  #forget(oldest: number): void {
    for (const [tag, time] of this.#passed) {
      if (time >= oldest) return;
      this.#passed.delete(tag);
    }
  }
}

function mayRepeat({ sender, receiver, time }: ReliableMessage, last: number): boolean {
  if (receiver.isBroadcast || receiver.isGroup || [sender, receiver].some((id) => isServant(id))) return false;
  return time !== undefined && time - last >= MIN_DISTANCE;
}

/** No person: a station or a bot. */
function isServant({ type }: ID): boolean {
  return type === EntityType.STATION || type === EntityType.BOT;
}

/** The field that tells others of the pass. */
export function tracesWith(fields: JsonMap, station: ID, now: number): readonly JsonValue[] {
  const before = fields['traces'];
  const id = station.toString();
  return [...(Array.isArray(before) ? (before as readonly JsonValue[]) : []), { ID: id, did: id, time: now }];
}
