/**
 * What a vault of a passphrase writes. Anybody who knows the passphrase can open it with what libraries have:
 *
 * `{ "version": 1, "kdf": "scrypt", "N": 131072, "r": 8, "p": 1, "salt": base64 of 16 bytes,
 *    "cipher": "XChaCha20-Poly1305", "nonce": base64 of 24 bytes, "data": base64 }`
 *
 * - key = 32 bytes of scrypt (RFC 7914) over the UTF-8 of the passphrase in the form NFKC, with `salt`, `N`, `r`, `p`
 * - additional data = UTF-8 of `dim sealed 1`, a line feed, and the label
 * - `data` = ciphertext and tag of XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha)
 */
import { DimError, type JsonMap } from 'dimp';
import { bytesOf, encodeBase64, encodeUtf8, fieldOf, textOf, typeName } from 'dimp/extend';
import type { ScryptCost } from './scrypt.ts';

const VERSION = 1;
const KDF = 'scrypt';
const CIPHER = 'XChaCha20-Poly1305';

/** Lengths in bytes. */
export const SALT_BYTES = 16;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;

/** The only values that are written and read. */
const R = 8;
const P = 1;

/** Characters of base64: an identity with a great many contacts. */
const MAX_LENGTH = 32 * 1024 * 1024;

/** A sealed secret as it was read: of the right form, and no more. */
export interface SealedSecret {
  readonly cost: ScryptCost;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
  readonly data: Uint8Array;
}

/** Which costs are read: a value names its own, and whoever wrote it may want this device to hang. */
export interface CostRange {
  readonly lowest: number;
  readonly highest: number;
}

/** The cost of a given N. */
export function costOf(N: number): ScryptCost {
  return { N, r: R, p: P };
}

/** The map of a sealed secret. */
export function writeSealed({ cost, salt, nonce, data }: SealedSecret): JsonMap {
  return Object.freeze({
    version: VERSION,
    kdf: KDF,
    ...cost,
    salt: encodeBase64(salt),
    cipher: CIPHER,
    nonce: encodeBase64(nonce),
    data: encodeBase64(data),
  });
}

/** @throws DimError `INPUT_…`, `UNSUPPORTED_ALGORITHM`, `STORE_VERSION` */
export function readSealed(fields: JsonMap, range: CostRange): SealedSecret {
  checkVersion(fields, VERSION);
  checkName(fields, 'kdf', KDF);
  checkName(fields, 'cipher', CIPHER);
  const cost = readCost(fields, range);
  const salt = bytesOfLength(fields, 'salt', SALT_BYTES);
  const nonce = bytesOfLength(fields, 'nonce', NONCE_BYTES);
  const data = bytesOf(fields, 'data', MAX_LENGTH);
  if (data.length < TAG_BYTES) throw new DimError('INPUT_FORMAT', 'is too short', { path: 'data' });
  return { cost, salt, nonce, data };
}

/** @throws DimError `INPUT_…` for what is no version; `STORE_VERSION` for another one than is read here */
export function checkVersion(fields: JsonMap, known: number): void {
  const version = numberOf(fields, 'version');
  if (version === known) return;
  throw new DimError('STORE_VERSION', `is ${version}, and this version of the library reads ${known}`, {
    path: 'version',
  });
}

/** What the tag authenticates beside the secret. */
export function additionalData(label: string): Uint8Array {
  return encodeUtf8(`dim sealed ${VERSION}\n${label}`);
}

/** A nonce that is used once: of 24 random bytes, no two are the same. */
export function newNonce(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

function checkName(fields: JsonMap, name: string, known: string): void {
  if (textOf(fields, name) === known) return;
  throw new DimError('UNSUPPORTED_ALGORITHM', `must be ${known}`, { path: name });
}

/** Before anything is computed. */
function readCost(fields: JsonMap, { lowest, highest }: CostRange): ScryptCost {
  const N = numberOf(fields, 'N');
  if (!isCost(N)) throw new DimError('INPUT_RANGE', 'must be a power of two', { path: 'N' });
  if (N < lowest) throw new DimError('INPUT_RANGE', `is less than ${lowest}: too cheap to guess`, { path: 'N' });
  if (N > highest) throw new DimError('INPUT_LIMIT', `is more than ${highest}`, { path: 'N' });
  for (const [name, only] of Object.entries({ r: R, p: P }))
    if (numberOf(fields, name) !== only) throw new DimError('INPUT_RANGE', `must be ${only}`, { path: name });
  return costOf(N);
}

/** Whether a number can be N. */
export function isCost(N: number): boolean {
  return Number.isSafeInteger(N) && N > 1 && Number.isInteger(Math.log2(N));
}

function numberOf(fields: JsonMap, name: string): number {
  const value = fieldOf(fields, name);
  if (value === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: name });
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new DimError('INPUT_TYPE', `must be a whole number, not ${typeName(value)}`, { path: name });
}

function bytesOfLength(fields: JsonMap, name: string, length: number): Uint8Array {
  const bytes = bytesOf(fields, name, 4 * length);
  if (bytes.length === length) return bytes;
  throw new DimError('INPUT_FORMAT', `must have ${length} bytes`, { path: name });
}
