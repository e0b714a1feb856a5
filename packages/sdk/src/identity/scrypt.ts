/** scrypt (RFC 7914): keys of passphrases, made so that guessing passphrases costs time and memory. */
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { DimError, type Awaitable } from 'dimp';

/** What a key costs: `128 * r * N` bytes of memory, and time in proportion to `N * r * p`. */
export interface ScryptCost {
  /** A power of two. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** Length of the keys, in bytes. */
export const KEY_BYTES = 32;

/** Makes a key of 32 bytes. It keeps neither the passphrase nor the key. */
export type Scrypt = (passphrase: Uint8Array, salt: Uint8Array, cost: ScryptCost) => Awaitable<Uint8Array>;

/** Beside the table of `N` blocks. */
const SPARE_BYTES = 1024 * 1024;

/** scrypt in JavaScript, for every platform. It lets other work go on each 10 milliseconds. */
export const portableScrypt: Scrypt = (passphrase, salt, { N, r, p }) =>
  scryptAsync(passphrase, salt, { N, r, p, dkLen: KEY_BYTES, maxmem: 128 * r * (N + p) + SPARE_BYTES });

/** @throws DimError `INTERNAL_PLATFORM` when there is no memory for it, or what an implementation gives is no key */
export async function deriveKey(
  scrypt: Scrypt,
  passphrase: Uint8Array,
  salt: Uint8Array,
  cost: ScryptCost,
): Promise<Uint8Array> {
  let key: Uint8Array;
  try {
    key = await scrypt(passphrase, salt, cost);
  } catch (cause) {
    throw new DimError('INTERNAL_PLATFORM', `scrypt failed at N = ${cost.N}`, { cause });
  }
  if (key instanceof Uint8Array && key.length === KEY_BYTES) return key;
  throw new DimError('INTERNAL_PLATFORM', `scrypt must give ${KEY_BYTES} bytes`);
}
