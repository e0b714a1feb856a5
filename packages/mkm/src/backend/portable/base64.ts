/** Base64 wherever JavaScript runs. */
import { base64 } from '@scure/base';

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** Canonical base64 as bytes; undefined for any other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** How many of the six bits are free to be anything in the last character before so much padding. */
const SPARE_BITS = [0, 2, 4];

const NONE = 0xff;

/** The value of each character of the alphabet, by its code: a table of bytes takes a tenth of the time of a Map. */
const VALUES = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code));
  return value === -1 ? NONE : value;
});

/** Whether a text is canonical base64: in a small part of the time, as nothing is decoded. */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const end = text.length - padding;
  let value = 0;
  for (let index = 0; index < end; index++) {
    value = VALUES[text.charCodeAt(index)] ?? NONE;
    if (value === NONE) return false;
  }
  return value % 2 ** (SPARE_BITS[padding] ?? 0) === 0;
}
