/** The digest of a key: which of several keys it is, without saying anything of it. */
import { stringifyJson, type Key } from 'mkm';
import { encodeBase64, encodeUtf8, fieldOf } from 'mkm/extend';
import { sha256 } from '#sha256';

const PREFIX = 'DIM key';

/** More than enough to tell the few keys of one direction apart. */
const DIGEST_BYTES = 12;

/**
 * The digest of a key by its algorithm and data, 16 characters. Of a message key it is what a sender that reuses keys
 * writes as `keys.digest`, and by which a reader finds the right one at once.
 *
 * @example
 * ```ts
 * import { type SymmetricKey } from 'dkd';
 * import { keyDigest } from 'dkd/extend';
 *
 * function find(keys: readonly SymmetricKey[], digest: string): SymmetricKey | undefined {
 *   return keys.find((key) => keyDigest(key) === digest);
 * }
 * ```
 */
export function keyDigest(key: Key): string {
  const known = digests.get(key);
  if (known !== undefined) return known;
  const digest = computeDigest(key);
  digests.set(key, digest);
  return digest;
}

/** A key does not change, and is asked for its digest with each message that it is used for. */
const digests = new WeakMap<Key, string>();

function computeDigest(key: Key): string {
  const data = fieldOf(key.fields, 'data');
  const text = typeof data === 'string' ? data : stringifyJson(key.fields);
  return encodeBase64(sha256(encodeUtf8(`${PREFIX}\0${key.algorithm}\0${text}`)).subarray(0, DIGEST_BYTES));
}
