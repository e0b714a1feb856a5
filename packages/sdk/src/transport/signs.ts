/** The words that transports say to each other. None of them is a message. */

/** A word. */
export type Sign = 'PING' | 'PONG' | 'NOOP' | 'OK' | 'AGAIN';

/** Its bytes: letters of ASCII. */
export function signBytes(sign: Sign): Uint8Array {
  return Uint8Array.from(sign, (letter) => letter.charCodeAt(0));
}

/** Whether bytes are a word. */
export function isSign(bytes: Uint8Array, sign: Sign): boolean {
  return bytes.length === sign.length && bytes.every((byte, index) => byte === sign.charCodeAt(index));
}
