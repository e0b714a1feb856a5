/** Messages that neighbors brought and whose senders nobody here knows: they wait while the neighbors are asked. */
import type { ID } from 'dimp';
import type { Clock } from 'dimsdk';
import type { Session } from '../sessions/session.ts';
import type { Arrival } from './arrivals.ts';

/** How much of one neighbor waits: less than a connection may leave unacknowledged, so that the rest goes on. */
const MESSAGES = 64;
const BYTES = 1024 * 1024;
/** How many of one sender. */
const OF_SENDER = 16;
/** For how long, in seconds. */
const WAIT = 60;

interface Waiting {
  readonly arrival: Arrival;
  readonly sender: string;
  readonly until: number;
}

/** What waits of one neighbor. */
interface Room {
  waiting: readonly Waiting[];
  isWatched: boolean;
  readonly over: AbortController;
}

/** What is done with what has waited long enough, or must make room. */
export interface UnknownSendersUser {
  /** It was the last chance of a message: it is looked at once more. */
  overdue(session: Session, arrivals: readonly Arrival[]): void;
  /** Too much waits. */
  dropped(session: Session, arrival: Arrival): void;
}

/** What waits is not acknowledged: if the connection ends, it comes again. */
export class UnknownSenders {
  readonly #clock: Clock;
  readonly #user: UnknownSendersUser;
  readonly #rooms = new Map<Session, Room>();
  /** Those that have had their time. */
  readonly #late = new WeakSet<Arrival>();

  constructor(clock: Clock, user: UnknownSendersUser) {
    this.#clock = clock;
    this.#user = user;
  }

  /** @returns false for one that has waited already */
  add(session: Session, arrival: Arrival): boolean {
    if (this.#late.has(arrival)) return false;
    const room = this.#rooms.get(session) ?? { waiting: [], isWatched: false, over: new AbortController() };
    const sender = arrival.received.message.sender.entityKey;
    const waiting = [...room.waiting, { arrival, sender, until: this.#clock.now() + WAIT }];
    room.waiting = waiting;
    this.#rooms.set(session, room);
    const own = waiting.filter((other) => other.sender === sender);
    const [oldest] = own.length > OF_SENDER ? own : isTooMuch(waiting) ? waiting : [];
    if (oldest !== undefined) this.#drop(session, room, oldest);
    if (!room.isWatched) void this.#watch(session, room);
    return true;
  }

  /** Somebody is known now: takes what waits for that. */
  take(sender: ID): readonly { readonly session: Session; readonly arrivals: readonly Arrival[] }[] {
    const key = sender.entityKey;
    return [...this.#rooms].flatMap(([session, room]) => {
      const taken = room.waiting.filter((one) => one.sender === key);
      room.waiting = room.waiting.filter((one) => one.sender !== key);
      return taken.length === 0 ? [] : [{ session, arrivals: taken.map(({ arrival }) => arrival) }];
    });
  }

  /** A connection is over, and what came over it comes again. */
  ended(session: Session): void {
    this.#rooms.get(session)?.over.abort();
    this.#rooms.delete(session);
  }

  #drop(session: Session, room: Room, oldest: Waiting): void {
    room.waiting = room.waiting.filter((one) => one !== oldest);
    this.#user.dropped(session, oldest.arrival);
  }

  async #watch(session: Session, room: Room): Promise<void> {
    room.isWatched = true;
    try {
      for (let [first] = room.waiting; first !== undefined; [first] = room.waiting) {
        await this.#clock.wait(first.until - this.#clock.now(), room.over.signal);
        const late = room.waiting.filter(({ until }) => until <= this.#clock.now());
        room.waiting = room.waiting.slice(late.length);
        for (const { arrival } of late) this.#late.add(arrival);
        const arrivals = late.map(({ arrival }) => arrival);
        if (arrivals.length > 0) this.#user.overdue(session, arrivals);
      }
    } catch {
      // The connection is over.
    }
    room.isWatched = false;
  }
}

function isTooMuch(waiting: readonly Waiting[]): boolean {
  const bytes = waiting.reduce((sum, { arrival }) => sum + arrival.received.bytes.length, 0);
  return waiting.length > MESSAGES || (waiting.length > 1 && bytes > BYTES);
}
