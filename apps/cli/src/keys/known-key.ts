/** A key, whatever form it came in. */
import type { DecryptKey, EncryptKey, JsonMap, PrivateKey, PublicKey, SymmetricKey } from 'dimp';
import { textOf } from 'dimp/extend';
import { dim } from '../home/dim.ts';

/** Which half of a pair it is; `secret` is a key that both sides have. */
export type KeyPart = 'private' | 'public' | 'secret';

/** The algorithms with two halves. */
export type PairAlgorithm = 'RSA' | 'ECC' | 'ED25519' | 'X25519';

/** A key that was read, and found to be one. */
export type KnownKey =
  | { readonly part: 'private'; readonly algorithm: PairAlgorithm; readonly key: PrivateKey | DecryptKey }
  | { readonly part: 'public'; readonly algorithm: PairAlgorithm; readonly key: PublicKey | EncryptKey }
  | { readonly part: 'secret'; readonly algorithm: string; readonly key: SymmetricKey };

/** The algorithms that a private key can have. */
const PAIRS: ReadonlySet<string> = new Set<PairAlgorithm>(['RSA', 'ECC', 'ED25519', 'X25519']);

/** Whether keys of an algorithm come in pairs. */
export function isPair(algorithm: string): algorithm is PairAlgorithm {
  return PAIRS.has(algorithm);
}

/** Reads the map of the protocol. @throws DimError `INPUT_…`, `UNSUPPORTED_ALGORITHM` */
export function keyOfMap(fields: JsonMap, part: 'private' | 'public'): KnownKey {
  const algorithm = textOf(fields, 'algorithm');
  if (!isPair(algorithm)) {
    const key = dim.SymmetricKey.parse(fields);
    return { part: 'secret', algorithm: key.algorithm, key };
  }
  if (part === 'private')
    return {
      part,
      algorithm,
      key: algorithm === 'X25519' ? dim.DecryptKey.parse(fields) : dim.PrivateKey.parse(fields),
    };
  return { part, algorithm, key: algorithm === 'X25519' ? dim.EncryptKey.parse(fields) : dim.PublicKey.parse(fields) };
}

/** The public half of a private key; a public key itself. */
export function publicOf(
  known: Exclude<KnownKey, { readonly part: 'secret' }>,
): KnownKey & { readonly part: 'public' } {
  if (known.part === 'public') return known;
  const { key, algorithm } = known;
  const half = 'publicKey' in key ? key.publicKey : key.encryptKey;
  if (half === undefined) throw new TypeError('a private key has a public one');
  return { part: 'public', algorithm, key: half };
}
