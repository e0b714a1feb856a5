/** The digest of a key: which of several keys it is, without saying anything of it. */
import { stringifyJson, type Key } from 'mkm';
import { encodeBase64, encodeUtf8, fieldOf } from 'mkm/extend';
import type { HashContext } from '../context/hash-context.ts';

const PREFIX = 'DIM key';

/** More than enough to tell the few keys of one direction apart. */
const DIGEST_BYTES = 12;

/**
 * The digest of a key by its algorithm and data, 16 characters. Of a message key it is what a sender that reuses keys
 * writes as `keys.digest`, and by which a reader finds the right one at once.
 *
 * @example
 * ```ts
 * import { type MessageContext, type SymmetricKey } from 'dkd';
 * import { keyDigest } from 'dkd/extend';
 *
 * function find(context: MessageContext, keys: readonly SymmetricKey[], digest: string): SymmetricKey | undefined {
 *   return keys.find((key) => keyDigest(context, key) === digest);
 * }
 * ```
 */
export function keyDigest({ sha256 }: HashContext, key: Key): string {
  const known = digests.get(key);
  if (known?.sha256 === sha256) return known.digest;
  const digest = computeDigest(sha256, key);
  digests.set(key, { sha256, digest });
  return digest;
}

/** A key does not change, and is asked for its digest with each message that it is used for: nearly always in one context. */
const digests = new WeakMap<Key, { readonly sha256: HashContext['sha256']; readonly digest: string }>();

function computeDigest(sha256: HashContext['sha256'], key: Key): string {
  const data = fieldOf(key.fields, 'data');
  const text = typeof data === 'string' ? data : stringifyJson(key.fields);
  return encodeBase64(sha256(encodeUtf8(`${PREFIX}\0${key.algorithm}\0${text}`)).subarray(0, DIGEST_BYTES));
}
