/** HMAC-SHA256 (RFC 2104) over a backend's digest, with the key's two blocks prepared once for many messages. */

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

/** Computes the MAC of a message. */
export type Mac = (message: Uint8Array) => Uint8Array;

/** The MAC function of a key of at most 64 bytes. */
export function hmacSha256(sha256: (data: Uint8Array) => Uint8Array, key: Uint8Array): Mac {
  const innerKey = xorBlock(key, 0x36);
  const outer = new Uint8Array(BLOCK_BYTES + DIGEST_BYTES);
  outer.set(xorBlock(key, 0x5c));
  let inner = innerKey;
  return (message) => {
    // Messages of one length, as in counter mode, share the memory.
    if (inner.length !== BLOCK_BYTES + message.length) {
      inner = new Uint8Array(BLOCK_BYTES + message.length);
      inner.set(innerKey);
    }
    inner.set(message, BLOCK_BYTES);
    outer.set(sha256(inner), BLOCK_BYTES);
    return sha256(outer);
  };
}

function xorBlock(key: Uint8Array, pad: number): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES).fill(pad);
  key.forEach((byte, index) => (block[index] = byte ^ pad));
  return block;
}
