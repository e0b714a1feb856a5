/** Base64 wherever JavaScript runs: the platform's own where it has it, which is several times faster. */
import { paddingOf } from '../base64-padding.ts';
import { digitValues, NO_DIGIT } from '../digit-values.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;

/** How many of the six bits are free to be anything in the last character before so much padding. */
const SPARE_BITS = [0, 2, 4];

/** The character of each value, by its code. */
const CODES = /* @__PURE__ */ Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));

const VALUES = /* @__PURE__ */ digitValues(ALPHABET);

const decoder = /* @__PURE__ */ new TextDecoder();

/** What newer platforms have. */
interface BytesOfPlatform extends Uint8Array {
  toBase64?(): string;
}
interface PlatformBytes {
  fromBase64?(text: string): Uint8Array;
}

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: BytesOfPlatform): string {
  return bytes.toBase64?.() ?? encode(bytes);
}

/** Canonical base64 as bytes; undefined for any other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (!isBase64(text)) return undefined;
  return (Uint8Array as PlatformBytes).fromBase64?.(text) ?? decode(text);
}

/** Whether a text is canonical base64: in a small part of the time, as nothing is decoded. */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const padding = paddingOf(text);
  const end = text.length - padding;
  let value = 0;
  for (let index = 0; index < end; index++) {
    value = VALUES[text.charCodeAt(index)] ?? NO_DIGIT;
    if (value === NO_DIGIT) return false;
  }
  return value % 2 ** (SPARE_BITS[padding] ?? 0) === 0;
}

function encode(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let end = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    const three = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) text[end++] = CODES[(three >> shift) & 63] ?? 0;
  }
  return decoder.decode(text.fill(PADDING, Math.ceil((bytes.length * 4) / 3)));
}

/** Of a canonical text. What its padding would give is written beyond the end of the bytes, where it is dropped. */
function decode(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length / 4) * 3 - paddingOf(text));
  let end = 0;
  for (let index = 0; index < text.length; index += 4) {
    let three = 0;
    for (let next = index; next < index + 4; next++) three = (three << 6) | ((VALUES[text.charCodeAt(next)] ?? 0) & 63);
    for (let shift = 16; shift >= 0; shift -= 8) bytes[end++] = three >> shift;
  }
  return bytes;
}
