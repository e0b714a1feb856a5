/**
 * Payloads that were sent over a WebSocket, and that the client is not known to have.
 *
 * Clients of today say `ACK:{"time":…,"signature":"…"}` for each message. One that has never said so on a connection has no
 * such words. What it says otherwise may have been on its way before a message reached it: so it is asked, by a ping.
 */
import { decodeUtf8 } from 'dimp/extend';
import type { OutgoingPayload } from '../ports/link.ts';
import type { ListenerLimits } from './listener-limits.ts';
import type { WaitingShare } from './waiting-bytes.ts';

/** How every acknowledgement begins. */
export const ACKNOWLEDGEMENT = 'ACK:';

/** A payload on its way. */
interface Sent {
  readonly payload: OutgoingPayload;
  /** Where it ends in all that went out. */
  readonly position: number;
  readonly at: number;
  /** Of its message, as soon as somebody asks for it. */
  times: readonly unknown[] | undefined;
}

/** Those of one link. */
export class WebSocketSends {
  readonly #limits: ListenerLimits;
  readonly #share: WaitingShare;
  /** In the order in which they went out. Made when there is something: most links are idle. */
  #sent: Set<Sent> | undefined;
  #bySignature: Map<string, Sent[]> | undefined;
  #bytes = 0;
  #isAcknowledging = false;

  constructor(limits: ListenerLimits, share: WaitingShare) {
    this.#limits = limits;
    this.#share = share;
  }

  /** One was sent. @param position where it ends in all that went out */
  add(payload: OutgoingPayload, position: number, at: number): void {
    const sent: Sent = { payload, position, at, times: undefined };
    this.#sent ??= new Set();
    this.#bySignature ??= new Map();
    this.#sent.add(sent);
    this.#bytes += payload.bytes.length;
    this.#share.add(payload.bytes.length);
    const same = this.#bySignature.get(payload.signature);
    if (same === undefined) this.#bySignature.set(payload.signature, [sent]);
    else same.push(sent);
  }

  /** Bytes of those that were sent. */
  get bytes(): number {
    return this.#bytes;
  }

  /** When the oldest was sent; `Infinity` where there is none. */
  get since(): number {
    const [first] = this.#sent ?? [];
    return first?.at ?? Infinity;
  }

  /** When the first one was sent of which the client has to be asked; undefined where there is none. @param taken up to where the network has taken what went out */
  asksSince(taken: number): number | undefined {
    if (this.#isAcknowledging || this.#sent === undefined) return undefined;
    const [first] = this.#sent;
    return first !== undefined && first.position <= taken ? first.at : undefined;
  }

  /** All up to a position reached the client. @returns those that are known to by that */
  reached(position: number): readonly OutgoingPayload[] {
    if (this.#isAcknowledging || this.#sent === undefined) return [];
    const payloads: OutgoingPayload[] = [];
    for (const sent of this.#sent) {
      if (sent.position > position) break;
      this.#remove(sent);
      payloads.push(sent.payload);
    }
    return payloads;
  }

  /** The client says that it has one. @returns those that it means; none for what matches nothing, or is damaged */
  acknowledged(frame: Uint8Array): readonly OutgoingPayload[] {
    this.#isAcknowledging = true;
    if (this.#sent === undefined || this.#sent.size === 0) return [];
    const { time, signature } = mapOf(frame.subarray(ACKNOWLEDGEMENT.length));
    const found = typeof signature === 'string' && signature !== '' ? this.#signed(signature) : this.#timed(time);
    return found.map((sent) => {
      this.#remove(sent);
      return sent.payload;
    });
  }

  /** Whether more waits than may. */
  get isFull(): boolean {
    const { unansweredPayloads, unansweredBytes } = this.#limits;
    return this.#sent !== undefined && (this.#sent.size > unansweredPayloads || this.#bytes > unansweredBytes);
  }

  /** None will be acknowledged. */
  clear(): void {
    this.#sent = undefined;
    this.#bySignature = undefined;
    this.#bytes = 0;
  }

  #signed(signature: string): readonly Sent[] {
    return [...(this.#bySignature?.get(signature) ?? [])];
  }

  #timed(time: unknown): readonly Sent[] {
    if (typeof time !== 'number' && typeof time !== 'string') return [];
    return [...(this.#sent ?? [])].filter((sent) => {
      sent.times ??= timesOf(sent.payload.bytes);
      return sent.times.includes(time);
    });
  }

  #remove(sent: Sent): void {
    this.#sent?.delete(sent);
    this.#bytes -= sent.payload.bytes.length;
    this.#share.remove(sent.payload.bytes.length);
    const { signature } = sent.payload;
    const others = this.#bySignature?.get(signature)?.filter((other) => other !== sent) ?? [];
    if (others.length === 0) this.#bySignature?.delete(signature);
    else this.#bySignature?.set(signature, others);
  }
}

/** The time of a message, with the name that it has. */
function timesOf(bytes: Uint8Array): readonly unknown[] {
  const { time, W } = mapOf(bytes);
  return [time, W].filter((value) => value !== undefined);
}

interface Fields {
  readonly time?: unknown;
  readonly W?: unknown;
  readonly signature?: unknown;
}

/** What bytes say as JSON; nothing, where they are none. */
function mapOf(bytes: Uint8Array): Fields {
  try {
    return (JSON.parse(decodeUtf8(bytes)) ?? {}) as Fields;
  } catch {
    return {};
  }
}
