/** What goes out over a link: collected for a turn of the event loop, then given to the network piece by piece. */
import type { EndOfTurn } from './link-shared.ts';
import type { LinkSocket } from './link-socket.ts';
import type { ListenerLimits } from './listener-limits.ts';
import type { WaitingShare } from './waiting-bytes.ts';

/** The network gets no more at once, but for a single packet: so it is known how fast it takes it. */
const BATCH_BYTES = 64 * 1024;
/** A queue that had more than that says when it is empty again. */
const FULL_BYTES = 16 * 1024;

/** Who is told. */
export interface OutgoingUser {
  /** The network has taken some. */
  took(): void;
  /** It has taken all, after much had waited. */
  drained(): void;
}

/** What a queue is made of. */
export interface OutgoingQueueParts {
  readonly turn: EndOfTurn;
  readonly now: () => number;
  readonly share: WaitingShare;
  readonly user: OutgoingUser;
}

/** Packets or frames, in order. */
export class OutgoingQueue {
  readonly #socket: LinkSocket;
  readonly #turn: EndOfTurn;
  readonly #user: OutgoingUser;
  readonly #now: () => number;
  readonly #share: WaitingShare;
  #units: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Bytes that were ever added, and of those the taken ones. */
  #added = 0;
  #taken = 0;
  /** Bytes that the network is about to take. */
  #batch = 0;
  #givenAt = 0;
  #isDue = false;
  #wasFull = false;
  #isOver = false;

  constructor(socket: LinkSocket, { turn, now, share, user }: OutgoingQueueParts) {
    this.#socket = socket;
    this.#turn = turn;
    this.#now = now;
    this.#share = share;
    this.#user = user;
  }

  /** Bytes that the network has not taken. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Since when the network has had what it has not taken; `Infinity` where there is nothing. */
  get since(): number {
    return this.#batch > 0 ? this.#givenAt : Infinity;
  }

  /** The position behind all that was added. */
  get end(): number {
    return this.#added;
  }

  /** The position up to which the network has taken it. */
  get taken(): number {
    return this.#taken;
  }

  /** Adds one. After the end nothing is added. */
  add(unit: Uint8Array): void {
    if (this.#isOver) return;
    this.#units.push(unit);
    this.#share.add(unit.length);
    this.#added += unit.length;
    this.#waitingBytes += unit.length;
    if (this.#waitingBytes > FULL_BYTES) this.#wasFull = true;
    if (this.#isDue || this.#batch > 0) return;
    this.#isDue = true;
    this.#turn.add(this);
  }

  /** Gives the network what there is. */
  flush(): void {
    this.#isDue = false;
    if (this.#isOver || this.#batch > 0 || this.#units.length === 0) return;
    let count = 0;
    let bytes = 0;
    while (count < this.#units.length) {
      const { length } = this.#units[count] ?? { length: 0 };
      if (count > 0 && bytes + length > BATCH_BYTES) break;
      bytes += length;
      count += 1;
    }
    const units = count === this.#units.length ? this.#units : this.#units.slice(0, count);
    // To take from the front each time would move the rest each time: what is left is a copy, once for a batch.
    this.#units = count === this.#units.length ? [] : this.#units.slice(count);
    this.#batch = bytes;
    this.#givenAt = this.#now();
    this.#socket.write(units, () => this.#took(bytes, units.length));
  }

  /** Whether the client leaves it for too long. */
  isSlow(now: number, { untakenSeconds, leastBytesPerSecond }: ListenerLimits): boolean {
    return this.#batch > 0 && now > this.#givenAt + untakenSeconds + this.#batch / leastBytesPerSecond;
  }

  /** Nothing goes out any longer, but for what the network has. */
  clear(): void {
    this.#isOver = true;
    this.#units = [];
    this.#waitingBytes = 0;
  }

  #took(bytes: number, count: number): void {
    if (this.#isOver) return;
    this.#share.remove(bytes, count);
    this.#batch = 0;
    this.#taken += bytes;
    this.#waitingBytes -= bytes;
    this.flush();
    this.#user.took();
    if (this.#waitingBytes > 0 || !this.#wasFull) return;
    this.#wasFull = false;
    this.#user.drained();
  }
}
