/** Bytes to sign and encrypt, and what happens to them on the way. */
import { encodeUtf8 } from 'mkm/extend';

export const MESSAGE = /* @__PURE__ */ encodeUtf8('What the core relies on');
export const OTHER_MESSAGE = /* @__PURE__ */ encodeUtf8('what the core relies on');

export function withBitFlipped(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}

export function includesBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  return bytes.some((_, start) => part.every((byte, index) => byte === bytes[start + index]));
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
