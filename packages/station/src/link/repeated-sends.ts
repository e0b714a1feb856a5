/** Payloads that were sent and that the client has not acknowledged: they are sent again, and given up. */
import type { OutgoingPayload } from '../ports/link.ts';
import type { ListenerLimits } from './listener-limits.ts';
import type { WaitingShare } from './waiting-bytes.ts';

/** One is sent again after so many seconds, and again after as many: as deployed stations do. */
const AGAIN_AFTER = 120;
/** So often it is sent. After as many seconds more the client is given up. */
const TIMES = 3;

/** A payload on its way. */
interface Sent {
  readonly payload: OutgoingPayload;
  /** Where it ends in all that went out. */
  readonly position: number;
  readonly sentAt: number;
  /** When it was sent first. */
  readonly since: number;
  readonly times: number;
}

/** Those of one link, by what the client names when it acknowledges one. */
export class RepeatedSends<Key> {
  readonly #limits: ListenerLimits;
  readonly #share: WaitingShare;
  /** What was sent last is last. Made when there is something: most links are idle. */
  #sent: Map<Key, Sent> | undefined;
  #bytes = 0;

  constructor(limits: ListenerLimits, share: WaitingShare) {
    this.#limits = limits;
    this.#share = share;
  }

  /** One was sent. @param position where it ends in all that went out */
  add(key: Key, payload: OutgoingPayload, position: number, now: number): void {
    this.#sent ??= new Map();
    this.#sent.set(key, { payload, position, sentAt: now, since: now, times: 1 });
    this.#bytes += payload.bytes.length;
    this.#share.add(payload.bytes.length);
  }

  /** When the oldest was sent first; `Infinity` where there is none. */
  get since(): number {
    let oldest = Infinity;
    for (const { since } of this.#sent?.values() ?? []) oldest = Math.min(oldest, since);
    return oldest;
  }

  /** The client has one. @returns it; undefined for what matches nothing */
  acknowledged(key: Key): OutgoingPayload | undefined {
    const sent = this.#sent?.get(key);
    if (sent === undefined) return undefined;
    this.#sent?.delete(key);
    this.#bytes -= sent.payload.bytes.length;
    this.#share.remove(sent.payload.bytes.length);
    return sent.payload;
  }

  /**
   * Sends again what was not acknowledged for long.
   * @param taken up to where the network has taken all that went out: what lies behind is not late
   * @param send sends one again, and returns where it ends
   * @returns whether the client is to be given up: one was sent as often as it may be, or too much waits
   */
  isOverdue(now: number, taken: number, send: (key: Key, bytes: Uint8Array) => number): boolean {
    if (this.#sent === undefined) return false;
    const { unansweredPayloads, unansweredBytes } = this.#limits;
    if (this.#sent.size > unansweredPayloads || this.#bytes > unansweredBytes) return true;
    for (const [key, { payload, position, sentAt, since, times }] of this.#sent) {
      if (now < sentAt + AGAIN_AFTER) return false;
      const isTaken = position <= taken;
      if (isTaken && times === TIMES) return true;
      this.#sent.delete(key);
      const next = isTaken ? send(key, payload.bytes) : position;
      this.#sent.set(key, { payload, position: next, sentAt: now, since, times: isTaken ? times + 1 : times });
    }
    return false;
  }

  /** None will be acknowledged. */
  clear(): void {
    this.#sent = undefined;
    this.#bytes = 0;
  }
}
