/**
 * DER (X.690), as far as keys and signatures need it. Strict: definite lengths in their shortest form, positive
 * integers in theirs, nothing after the end. One value has one encoding, so one key has one address.
 */
import { DimError } from 'mkm';

/** The tags in use. */
export const DerTag = Object.freeze({
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  SEQUENCE: 0x30,
  /** Constructed, context-specific: `[0]`. */
  CONTEXT_0: 0xa0,
  /** Constructed, context-specific: `[1]`. */
  CONTEXT_1: 0xa1,
  /** Primitive, context-specific: `[1] IMPLICIT`. */
  IMPLICIT_1: 0x81,
});

/** Keys nest five deep. */
const MAX_DEPTH = 8;

/** Lengths of up to two bytes: more than any key text that is read. */
const MAX_LENGTH_BYTES = 2;

/**
 * Reads a whole DER text.
 * @throws DimError `INPUT_FORMAT`
 */
export function readDer<T>(bytes: Uint8Array, read: (reader: DerReader) => T): T {
  return readWhole(new DerReader(bytes, 0), read);
}

/** Reads one element after the other. Contents are views of the input: nothing is allocated for a claimed length. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #depth: number;
  #offset = 0;

  constructor(bytes: Uint8Array, depth: number) {
    this.#bytes = bytes;
    this.#depth = depth;
  }

  /** Whether everything is read. */
  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** Whether the next element has this tag. */
  nextIs(tag: number): boolean {
    return this.#bytes[this.#offset] === tag;
  }

  /** The content of the next element, which must have this tag. */
  element(tag: number): Uint8Array {
    if (!this.nextIs(tag)) throw malformed();
    this.#offset++;
    const end = this.#length() + this.#offset;
    if (end > this.#bytes.length) throw malformed();
    const content = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return content;
  }

  /** Reads the elements inside the next one, all of them. */
  nested<T>(tag: number, read: (reader: DerReader) => T): T {
    if (this.#depth >= MAX_DEPTH) throw malformed();
    return readWhole(new DerReader(this.element(tag), this.#depth + 1), read);
  }

  /** Reads the elements of a SEQUENCE, all of them. */
  sequence<T>(read: (reader: DerReader) => T): T {
    return this.nested(DerTag.SEQUENCE, read);
  }

  /** An INTEGER of zero or more, big-endian without leading zeros (zero is one zero byte). */
  integer(): Uint8Array {
    const content = this.element(DerTag.INTEGER);
    const [first, second] = content;
    if (first === undefined || first > 0x7f) throw malformed();
    if (first !== 0 || second === undefined) return content;
    if (second <= 0x7f) throw malformed();
    return content.subarray(1);
  }

  /** A BIT STRING of whole bytes. */
  bitString(tag: number = DerTag.BIT_STRING): Uint8Array {
    const content = this.element(tag);
    if (content[0] !== 0) throw malformed();
    return content.subarray(1);
  }

  #length(): number {
    const first = this.#byte();
    if (first <= 0x7f) return first;
    const count = first & 0x7f;
    if (count === 0 || count > MAX_LENGTH_BYTES) throw malformed();
    let length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + this.#byte();
    // The shortest form: one byte where it is below 128, no leading zero byte.
    if (length < (count === 1 ? 0x80 : 0x100)) throw malformed();
    return length;
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset++];
    if (byte === undefined) throw malformed();
    return byte;
  }
}

/** An element of a tag and the parts of its content; below 64 KiB. */
export function encodeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header =
    length <= 0x7f ? [tag, length] : length <= 0xff ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  const bytes = new Uint8Array(header.length + length);
  bytes.set(header);
  let offset = header.length;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** A big-endian number of zero or more as INTEGER. */
export function encodeDerInteger(number: Uint8Array): Uint8Array {
  let start = 0;
  while (number[start] === 0) start++;
  const digits = number.subarray(start);
  // A zero byte keeps a high first bit from being a sign, and is what zero has for digits.
  const prefix = new Uint8Array((digits[0] ?? 0xff) > 0x7f ? 1 : 0);
  return encodeDer(DerTag.INTEGER, prefix, digits);
}

/** Bytes as a BIT STRING. */
export function encodeDerBitString(bytes: Uint8Array): Uint8Array {
  return encodeDer(DerTag.BIT_STRING, new Uint8Array(1), bytes);
}

function readWhole<T>(reader: DerReader, read: (reader: DerReader) => T): T {
  const value = read(reader);
  if (!reader.isAtEnd) throw malformed();
  return value;
}

function malformed(): DimError {
  return new DimError('INPUT_FORMAT', 'must be DER of a key');
}
