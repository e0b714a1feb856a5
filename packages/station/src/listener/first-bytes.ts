/** Tells which framing a connection speaks, by its first bytes: in whatever pieces they come. */
import { MAGIC, readHeader } from 'dimsdk/internal';
import { isMarsStart, readMarsHeader } from '../link/mars-packet.ts';

/** As deployed stations do, that much before a header of MTP is skipped. */
const MAX_GARBAGE = 64 * 1024;
/** The first byte of TLS: a handshake. */
const TLS_HANDSHAKE = 0x16;
/** Methods of HTTP, and the space behind them. */
const METHODS = ['GET ', 'HEAD ', 'POST ', 'PUT ', 'PATCH ', 'DELETE ', 'OPTIONS ', 'TRACE ', 'CONNECT '].map(
  (method) => Uint8Array.from(method, (letter) => letter.charCodeAt(0)),
);

/** What a connection speaks. */
export type Spoken = 'tls' | 'http' | 'mtp' | 'mars';

/** What is known: that it must be waited for more, what it is, or that it is nothing. */
export type FirstStep = 'more' | 'none' | { readonly is: Spoken; readonly bytes: Uint8Array };

const NOTHING = new Uint8Array(0);

/** The first bytes of one connection. It keeps few: garbage is counted and forgotten. */
export class FirstBytes {
  readonly #takesTls: boolean;
  #bytes: Uint8Array = NOTHING;
  #skipped = 0;

  /** @param takesTls whether it may be TLS: inside TLS it may not */
  constructor(takesTls: boolean) {
    this.#takesTls = takesTls;
  }

  /** A piece came. @returns what is known by it; with what it is, all bytes that are of use */
  add(piece: Uint8Array): FirstStep {
    this.#bytes = joined(this.#bytes, piece);
    const bytes = this.#bytes;
    if (this.#skipped === 0) {
      if (bytes[0] === TLS_HANDSHAKE) return this.#takesTls ? { is: 'tls', bytes } : 'none';
      const start = beginning(bytes);
      if (start === 'short') return 'more';
      if (start !== undefined) return { is: start, bytes };
    }
    return this.#search();
  }

  /** Looks for a header of MTP behind garbage. */
  #search(): FirstStep {
    const bytes = this.#bytes;
    let start = bytes.indexOf(MAGIC[0]);
    for (; start !== -1; start = bytes.indexOf(MAGIC[0], start + 1)) {
      const header = headerAt(bytes, start);
      if (header === 'short') break;
      if (header !== undefined) return { is: 'mtp', bytes: bytes.subarray(start) };
    }
    const kept = start === -1 ? bytes.length : start;
    this.#skipped += kept;
    // A copy: what was skipped need not stay.
    this.#bytes = bytes.slice(kept);
    return this.#skipped > MAX_GARBAGE ? 'none' : 'more';
  }
}

/** What the bytes are the beginning of; undefined for nothing that begins at once. */
function beginning(bytes: Uint8Array): 'http' | 'mars' | 'short' | undefined {
  let isShort = false;
  for (const method of METHODS) {
    if (!method.every((byte, index) => (bytes[index] ?? byte) === byte)) continue;
    if (bytes.length >= method.length) return 'http';
    isShort = true;
  }
  const header = readMarsHeader(bytes, 0);
  if (header !== undefined && header !== 'short') return isMarsStart(header) ? 'mars' : undefined;
  return isShort || header === 'short' ? 'short' : undefined;
}

/** The header of MTP at a place; `short` where there may be one; undefined where there is none. */
function headerAt(bytes: Uint8Array, start: number): object | 'short' | undefined {
  if (!MAGIC.every((byte, index) => (bytes[start + index] ?? byte) === byte)) return undefined;
  return bytes.length < start + MAGIC.length ? 'short' : readHeader(bytes, start);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
