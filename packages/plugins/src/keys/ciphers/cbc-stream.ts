/**
 * CBC with PKCS#7 padding in pieces: the last ciphertext block of one piece is the IV of the next.
 *
 * Between two calls nothing is held but a block and the bytes of the last chunk that make no whole block yet.
 */
import { DimError, type StreamCipher } from 'mkm';
import type { AesCbcOperations } from '../../backend/backend.ts';
import { requireBytes } from '../../coding/byte-argument.ts';
import { decryptionFailed } from '../decryption-failed.ts';
import { BLOCK_BYTES, padPkcs7, unpadPkcs7 } from './pkcs7-padding.ts';

/** Encrypts in pieces; the key was checked, the IV is fresh. */
export class CbcEncryption implements StreamCipher {
  readonly #cbc: AesCbcOperations;
  readonly #pending = new PendingBytes(0);
  #iv: Uint8Array;

  constructor(cbc: AesCbcOperations, iv: Uint8Array) {
    this.#cbc = cbc;
    this.#iv = iv;
  }

  update(chunk: Uint8Array): Uint8Array {
    return this.#encrypt(this.#pending.add(chunk));
  }

  finish(): Uint8Array {
    return this.#encrypt(padPkcs7(this.#pending.end()));
  }

  #encrypt(blocks: Uint8Array): Uint8Array {
    if (blocks.length === 0) return new Uint8Array();
    const ciphertext = this.#cbc.encryptBlocks(this.#iv, blocks);
    this.#iv = lastBlock(ciphertext);
    return ciphertext;
  }
}

/** Decrypts in pieces. The last block is held back: only at the end it is known to be the one with the padding. */
export class CbcDecryption implements StreamCipher {
  readonly #cbc: AesCbcOperations;
  readonly #pending = new PendingBytes(1);
  #iv: Uint8Array;

  constructor(cbc: AesCbcOperations, iv: Uint8Array) {
    this.#cbc = cbc;
    this.#iv = iv;
  }

  update(chunk: Uint8Array): Uint8Array {
    const blocks = this.#pending.add(chunk);
    if (blocks.length === 0) return new Uint8Array();
    const plaintext = this.#cbc.decryptBlocks(this.#iv, blocks);
    this.#iv = lastBlock(blocks);
    return plaintext;
  }

  finish(): Uint8Array {
    const last = this.#pending.end();
    if (last.length !== BLOCK_BYTES) throw decryptionFailed();
    const { bytes, isSound } = unpadPkcs7(this.#cbc.decryptBlocks(this.#iv, last));
    if (!isSound) throw decryptionFailed();
    return bytes;
  }
}

/** Makes whole blocks of chunks of any size, and holds back what is none yet. */
class PendingBytes {
  /** How many bytes are always held back: 0, or 1, which comes to a block as only whole ones are let go. */
  readonly #heldBack: 0 | 1;
  readonly #bytes = new Uint8Array(BLOCK_BYTES);
  #length = 0;
  #ended = false;

  constructor(heldBack: 0 | 1) {
    this.#heldBack = heldBack;
  }

  /** The whole blocks that there are now; they may lie in the memory of the chunk. */
  add(chunk: Uint8Array): Uint8Array {
    requireBytes(chunk, 'chunk');
    this.#requireOpen();
    const held = this.#length;
    const total = held + chunk.length;
    const usable = Math.max(0, total - this.#heldBack);
    const count = usable - (usable % BLOCK_BYTES);
    this.#length = total - count;
    if (count === 0) {
      this.#bytes.set(chunk, held);
      return new Uint8Array();
    }
    // There are blocks only when the chunk completes one: all that was held is in them, what is left is of the chunk.
    const used = count - held;
    const blocks = held === 0 ? chunk.subarray(0, used) : joined(this.#bytes.subarray(0, held), chunk, used);
    this.#bytes.set(chunk.subarray(used));
    return blocks;
  }

  /** What is left at the end, at most a block. */
  end(): Uint8Array {
    this.#requireOpen();
    this.#ended = true;
    return this.#bytes.subarray(0, this.#length);
  }

  #requireOpen(): void {
    // Going on would chain with an IV that everyone knows by now.
    if (this.#ended) throw new DimError('USAGE_ARGUMENT', 'the stream was finished');
  }
}

function joined(start: Uint8Array, chunk: Uint8Array, used: number): Uint8Array {
  const blocks = new Uint8Array(start.length + used);
  blocks.set(start);
  blocks.set(chunk.subarray(0, used), start.length);
  return blocks;
}

/** A copy, also of a Buffer, whose `slice` gives none. */
function lastBlock(blocks: Uint8Array): Uint8Array {
  return new Uint8Array(blocks.subarray(-BLOCK_BYTES));
}
