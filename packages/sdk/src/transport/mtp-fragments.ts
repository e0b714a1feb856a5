/** Joins the fragments of payloads. No deployed peer sends any over TCP, but all of them read them. */
import { DimError } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import type { MtpPacket } from './mtp-packet.ts';

/** Fragments of one payload: of 512 bytes each, as over UDP, that is 32 MiB. */
const MOST_PAGES = 65_536;
/** Payloads that are not whole, at a time. */
const MOST_SETS = 16;
/** What a fragment weighs beside its bytes. */
const OVERHEAD = 128;
/** A payload that is not whole after so many seconds is forgotten: it was not acknowledged, so it comes again. */
const WITHIN = 360;
/** Payloads that were whole are known for so many seconds, and so many of them. */
const KNOWN_FOR = 3600;
const MOST_KNOWN = 1024;

/** The fragments of a payload that came so far. */
interface FragmentSet {
  readonly pages: number;
  readonly parts: Map<number, Uint8Array>;
  readonly begunAt: number;
  bytes: number;
}

/** A payload that was whole. */
interface Known {
  readonly wholeAt: number;
  isAcknowledged: boolean;
}

/** A payload that is whole now. */
export interface Joined {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** What a fragment leads to. */
export type JoinStep =
  /** Others are awaited, or its payload is still to be acknowledged. */
  | undefined
  /** It came again, after its payload was acknowledged: so should it be. */
  | 'acknowledge'
  | Joined;

/** The fragments of one connection. */
export class MtpFragments {
  readonly #payloadBytes: number;
  /** By transaction, the oldest first. */
  readonly #sets = new Map<bigint, FragmentSet>();
  readonly #known = new BoundedCache<bigint, Known>(MOST_KNOWN);
  #weight = 0;

  /** @param payloadBytes the most that a payload may have */
  constructor(payloadBytes: number) {
    this.#payloadBytes = payloadBytes;
  }

  /** @throws DimError `INPUT_LIMIT` for a payload that is too long, `INPUT_CONFLICT` where fragments differ in their pages */
  join({ body, page, transaction }: MtpPacket, now: number): JoinStep {
    // Without pages, or a transaction to know the others by, it is all there is.
    if (page === undefined || transaction === undefined) return { bytes: body, pages: 1 };
    this.#expire(now);
    const known = this.#known.get(transaction);
    if (known !== undefined && now < known.wholeAt + KNOWN_FOR) return known.isAcknowledged ? 'acknowledge' : undefined;
    const set = this.#add(transaction, page.index, page.pages, body, now);
    if (set.parts.size < set.pages) return undefined;
    this.#drop(transaction, set);
    this.#known.set(transaction, { wholeAt: now, isAcknowledged: false });
    return { bytes: wholeOf(set), pages: set.pages };
  }

  /** The payload of a transaction was acknowledged. */
  acknowledged(transaction: bigint | undefined): void {
    const known = transaction === undefined ? undefined : this.#known.get(transaction);
    if (known !== undefined) known.isAcknowledged = true;
  }

  #add(transaction: bigint, index: number, pages: number, body: Uint8Array, now: number): FragmentSet {
    const set = this.#sets.get(transaction) ?? { pages, parts: new Map<number, Uint8Array>(), begunAt: now, bytes: 0 };
    if (set.pages !== pages) throw new DimError('INPUT_CONFLICT', 'fragments of one payload differ in their pages');
    if (pages > MOST_PAGES) throw new DimError('INPUT_LIMIT', `a payload is in more than ${MOST_PAGES} fragments`);
    this.#sets.set(transaction, set);
    if (set.parts.has(index)) return set;
    set.parts.set(index, body);
    set.bytes += body.length;
    this.#weight += body.length + OVERHEAD;
    if (set.bytes > this.#payloadBytes)
      throw new DimError('INPUT_LIMIT', `a payload has more than ${this.#payloadBytes} bytes (limits.payloadBytes)`);
    for (const [other, oldest] of this.#sets) {
      if (other === transaction || !this.#isOverfull()) break;
      this.#drop(other, oldest);
    }
    return set;
  }

  /** One payload as large as it may be has room always. */
  #isOverfull(): boolean {
    return this.#sets.size > MOST_SETS || this.#weight > this.#payloadBytes + MOST_PAGES * OVERHEAD;
  }

  #expire(now: number): void {
    for (const [transaction, set] of this.#sets) {
      if (now < set.begunAt + WITHIN) break;
      this.#drop(transaction, set);
    }
  }

  #drop(transaction: bigint, { parts, bytes }: FragmentSet): void {
    this.#sets.delete(transaction);
    this.#weight -= bytes + parts.size * OVERHEAD;
  }
}

function wholeOf({ parts, pages, bytes }: FragmentSet): Uint8Array {
  const whole = new Uint8Array(bytes);
  let filled = 0;
  for (let index = 0; index < pages; index += 1) {
    const part = parts.get(index) ?? new Uint8Array(0);
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}
