/** Bytes to sign and encrypt, and what happens to them on the way. */
import { encodeUtf8 } from 'mkm/extend';
import { outcomeOf } from '../report/outcome.ts';
import { verdict, type Verdict } from '../report/verdict.ts';

export const MESSAGE = /* @__PURE__ */ encodeUtf8('What the core relies on');

/** Longer than any block of a cipher or a digest: what looks at the beginning alone is found out. */
export const LONG_MESSAGE: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 200 }, (_, index) => index);

/** Messages that are another one than those above, each in its own way. */
export function otherMessages(): readonly { readonly what: string; readonly bytes: Uint8Array }[] {
  const last = MESSAGE.length - 1;
  return [
    { what: 'another message', bytes: encodeUtf8('what the core relies on') },
    { what: 'a message that differs in its last byte', bytes: withBitFlipped(MESSAGE, last) },
    { what: 'a message with one byte more at its end', bytes: Uint8Array.of(...MESSAGE, 0) },
    { what: 'a message without its last byte', bytes: MESSAGE.slice(0, last) },
  ];
}

export function withBitFlipped(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}

/** What an action does to bytes that it was only given to read: they are the caller's. */
export async function leavesAsTheyWere(
  bytes: Uint8Array,
  what: string,
  action: (own: Uint8Array) => unknown,
): Promise<Verdict> {
  const own = bytes.slice();
  // Whether it fails is for other rules to say.
  await outcomeOf(() => action(own));
  return verdict(sameBytes(own, bytes), `${what} as it was`, `${what} with other bytes in it`);
}

export function includesBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  return bytes.some((_, start) => part.every((byte, index) => byte === bytes[start + index]));
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
