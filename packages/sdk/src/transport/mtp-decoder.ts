/** Reads packets of MTP from a stream, in whatever pieces it comes. */
import { DimError } from 'dimp';
import { MAGIC, readHeader, type MtpHeader, type MtpPacket } from './mtp-packet.ts';

/** As deployed stations do, that much of what is no header is skipped. */
const MAX_GARBAGE = 64 * 1024;
/** A body begins with room for that much, and grows by what comes, not by what its header promises. */
const FIRST_ROOM = 16 * 1024;

const NOTHING = new Uint8Array(0);

/** A body that is not whole. */
interface Body {
  readonly header: MtpHeader;
  readonly length: number;
  bytes: Uint8Array;
  filled: number;
}

/** Takes pieces of a stream, and gives the packets in them. */
export class MtpDecoder {
  readonly #payloadBytes: number;
  /** What may be the beginning of a header. Less than one. */
  #rest: Uint8Array = NOTHING;
  #body: Body | undefined;
  #garbage = 0;

  /** @param payloadBytes the most that a body may have */
  constructor(payloadBytes: number) {
    this.#payloadBytes = payloadBytes;
  }

  /** Bytes of the body that is being read: that something comes, where no packet does. */
  get filled(): number {
    return this.#body?.filled ?? 0;
  }

  /**
   * The packets that end in this piece. Each is given before the next is looked for.
   *
   * @throws DimError `INPUT_LIMIT` for a body that is too long, `INPUT_FORMAT` for a header without a length, after which
   * nobody knows where the next packet begins, and for more than 64 KiB that are no packet. There is nothing to read after it
   */
  *packets(piece: Uint8Array): Generator<MtpPacket, void, undefined> {
    let bytes = piece;
    let index = 0;
    if (this.#rest.length > 0) {
      bytes = joined(this.#rest, piece);
      this.#rest = NOTHING;
    }
    while (index < bytes.length) {
      if (this.#body === undefined) {
        const start = this.#skipTo(bytes, index);
        const header = start + MAGIC.length > bytes.length ? 'short' : readHeader(bytes, start);
        if (header === 'short') {
          this.#rest = bytes.slice(start);
          return;
        }
        if (header === undefined) {
          this.#skipped(1);
          index = start + 1;
          continue;
        }
        this.#body = this.#begin(header);
        this.#garbage = 0;
        index = start + header.size;
      }
      const taken = Math.min(this.#body.length - this.#body.filled, bytes.length - index);
      fill(this.#body, bytes.subarray(index, index + taken));
      index += taken;
      const { header, length, filled, bytes: body } = this.#body;
      if (filled < length) return;
      this.#body = undefined;
      yield { type: header.type, transaction: header.transaction, page: header.page, body };
    }
  }

  /** The next place where a header may begin: where the bytes that are there are those of `DIM`. */
  #skipTo(bytes: Uint8Array, index: number): number {
    for (let start = index; ; start += 1) {
      const found = bytes.indexOf(MAGIC[0], start);
      const end = found === -1 ? bytes.length : found;
      this.#skipped(end - start);
      if (end === bytes.length || MAGIC.every((byte, at) => (bytes[end + at] ?? byte) === byte)) return end;
      this.#skipped(1);
      start = end;
    }
  }

  #skipped(count: number): void {
    this.#garbage += count;
    if (this.#garbage > MAX_GARBAGE) throw new DimError('INPUT_FORMAT', `more than ${MAX_GARBAGE} bytes are no packet`);
  }

  #begin(header: MtpHeader): Body {
    const { length } = header;
    if (length === undefined) throw new DimError('INPUT_FORMAT', 'a packet on a stream must have a length');
    if (length > this.#payloadBytes)
      throw new DimError('INPUT_LIMIT', `a packet has more than ${this.#payloadBytes} bytes (limits.payloadBytes)`);
    return { header, length, bytes: new Uint8Array(Math.min(length, FIRST_ROOM)), filled: 0 };
  }
}

function fill(body: Body, piece: Uint8Array): void {
  const filled = body.filled + piece.length;
  if (filled > body.bytes.length) {
    const bytes = new Uint8Array(Math.min(body.length, Math.max(filled, 2 * body.bytes.length)));
    bytes.set(body.bytes.subarray(0, body.filled));
    body.bytes = bytes;
  }
  body.bytes.set(piece, body.filled);
  body.filled = filled;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
