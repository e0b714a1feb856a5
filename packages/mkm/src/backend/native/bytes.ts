/** Node's own looking through bytes: tens of times faster than what JavaScript has everywhere. */
import { Buffer, isUtf8 as isUtf8OfNode } from 'node:buffer';

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  return isUtf8OfNode(bytes);
}

/** The index of the next such byte; -1 where there is none. */
export function indexOfByte(bytes: Uint8Array, byte: number, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(byte, from);
}
