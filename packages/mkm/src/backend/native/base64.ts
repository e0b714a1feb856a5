/** Node's own base64: several times faster than any in JavaScript. */
import { Buffer } from 'node:buffer';

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Canonical base64 as bytes; undefined for any other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const decoded = Buffer.from(text, 'base64');
  // Buffer skips what it does not know and takes other alphabets; what it writes has one spelling only.
  if (decoded.toString('base64') !== text) return undefined;
  // Short buffers are slices of a pool that other code shares: those are copied out of it.
  if (decoded.buffer.byteLength !== decoded.byteLength) return new Uint8Array(decoded);
  return new Uint8Array(decoded.buffer);
}

/** Whether a text is canonical base64: in half the time, as nothing is copied out of the pool. */
export function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}
