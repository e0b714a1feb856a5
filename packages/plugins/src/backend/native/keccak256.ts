/**
 * Keccak-256, which no supported Node has. Its permutation is in WebAssembly, which has the numbers of 64 bits that it is made
 * of: that takes a tenth of the time of one in JavaScript.
 */
import { Buffer } from 'node:buffer';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { KECCAK_F1600 } from './keccak-f1600.ts';

type Digest = (data: Uint8Array) => Uint8Array;

const STATE_BYTES = 200;
/** How many bytes are taken up between two permutations: all but twice the digest. */
const RATE = 136;
const DIGEST_BYTES = 32;

let compiled: Digest | undefined;

/** The digest, in memory of its own. */
export function keccak256(data: Uint8Array): Uint8Array {
  // It is not there where nothing may be compiled at run time, and while a snapshot of a process is made, which could not hold it.
  if (typeof WebAssembly === 'undefined') return keccak_256(data);
  compiled ??= compile();
  return compiled(data);
}

/** That of WebAssembly, and noble's where a program forbids it, or where there is no memory for it. */
function compile(): Digest {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(KECCAK_F1600, 'base64')));
    const { buffer } = exports['memory'] as WebAssembly.Memory;
    return spongeOf(new Uint8Array(buffer, 0, STATE_BYTES), exports['run'] as () => void);
  } catch {
    return keccak_256;
  }
}

/** One state serves all calls: from its first byte to its last, a digest calls nothing that could ask for another. */
function spongeOf(state: Uint8Array, permute: () => void): Digest {
  return (data) => {
    const { length } = data;
    let at = 0;
    const add = (byte: number): void => {
      state[at] = (state[at] ?? 0) ^ byte;
    };
    state.fill(0);
    for (let index = 0; index < length; index++) {
      add(data[index] ?? 0);
      if (++at < RATE) continue;
      permute();
      at = 0;
    }
    // The padding of Keccak as it was submitted: the bits 1, 0, …, 0, 1.
    add(0x01);
    at = RATE - 1;
    add(0x80);
    permute();
    return state.slice(0, DIGEST_BYTES);
  };
}
