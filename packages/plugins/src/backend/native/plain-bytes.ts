/** Node's Buffers as plain Uint8Arrays, which is all that leaves the backend. */

/** The bytes of a buffer, without a copy where its memory is its own. */
export function plainBytes(buffer: Uint8Array): Uint8Array {
  // A small Buffer may be a slice of a pool that other code shares: those bytes are copied out of it.
  if (buffer.buffer.byteLength !== buffer.byteLength) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer);
}
