/**
 * Message keys of ciphers that authenticate: whatever was changed does not decrypt. Each message has a fresh nonce, which
 * travels beside it as `IV`, or in the key map of a file as `iv`.
 */
import {
  defineKeyAlgorithm,
  type JsonMap,
  type KeyAlgorithmDefinition,
  type SymmetricCiphertext,
  type SymmetricKey,
} from 'mkm';
import { decodeBase64, encodeBase64, optionalFieldOf } from 'mkm/extend';
import type { AuthenticatedCipher, ModernBackend } from '../../backend/modern-backend.ts';
import { requireBytes } from '../../coding/byte-argument.ts';
import { SecretAlgorithmKey } from '../algorithm-key.ts';
import { askPlatform } from '../../backend/ask-platform.ts';
import { decryptionFailed } from '../decryption-failed.ts';
import { readEncodedBytes } from './encoded-bytes.ts';
import { requireMap } from './message-extra.ts';
import { checkBits, readRawKey } from '../raw-key.ts';

/** A cipher and the lengths that it has. */
export interface AuthenticatedScheme {
  readonly algorithm: string;
  /** The name of its keys in logs. */
  readonly keyName: string;
  readonly keyBytes: readonly number[];
  /** Of new keys. */
  readonly defaultBits: number;
  readonly nonceBytes: number;
  readonly cipher: AuthenticatedCipher;
  readonly backend: Pick<ModernBackend, 'randomBytes' | 'randomNonce'>;
}

/** The key algorithm of a scheme. */
export function authenticatedAlgorithm(scheme: AuthenticatedScheme): KeyAlgorithmDefinition {
  const { algorithm, keyBytes, defaultBits } = scheme;
  return defineKeyAlgorithm({
    algorithm,
    symmetricKey: {
      read: (fields) => new AuthenticatedKey(scheme, fields, readRawKey(fields, keyBytes)),
      generate({ bits = defaultBits }) {
        checkBits(bits, keyBytes);
        const key = askPlatform(() => scheme.backend.randomBytes(bits / 8));
        return new AuthenticatedKey(scheme, Object.freeze({ algorithm, data: encodeBase64(key) }), key);
      },
    },
  });
}

class AuthenticatedKey extends SecretAlgorithmKey implements SymmetricKey {
  readonly #scheme: AuthenticatedScheme;
  readonly #key: Uint8Array;

  constructor(scheme: AuthenticatedScheme, fields: JsonMap, key: Uint8Array) {
    super(fields);
    this.#scheme = scheme;
    this.#key = key;
  }

  get algorithm(): string {
    return this.#scheme.algorithm;
  }

  encrypt(plaintext: Uint8Array): SymmetricCiphertext {
    requireBytes(plaintext, 'plaintext');
    const { cipher, nonceBytes, backend } = this.#scheme;
    return askPlatform(() => {
      const nonce = backend.randomNonce(nonceBytes);
      const ciphertext = cipher.seal(this.#key, nonce, plaintext);
      return { ciphertext, extra: Object.freeze({ IV: encodeBase64(nonce) }) };
    });
  }

  decrypt(ciphertext: Uint8Array, extra: JsonMap): Uint8Array {
    requireBytes(ciphertext, 'ciphertext');
    requireMap(extra);
    const nonce = nonceIn(extra, this.#scheme.nonceBytes);
    const plaintext = nonce && askPlatform(() => this.#scheme.cipher.open(this.#key, nonce, ciphertext));
    if (plaintext === undefined) throw decryptionFailed();
    return plaintext;
  }

  protected override describe(): string {
    return `${this.#scheme.keyName} { algorithm: '${this.algorithm}', bits: ${this.#key.length * 8} }`;
  }
}

function nonceIn(extra: JsonMap, length: number): Uint8Array | undefined {
  const value = optionalFieldOf(extra, 'IV') ?? optionalFieldOf(extra, 'iv');
  if (value === undefined) return undefined;
  try {
    // Nonces here are whole groups of base64, as all write them.
    const isPlain = typeof value === 'string' && value.length === (length / 3) * 4;
    const nonce = isPlain ? decodeBase64(value) : readEncodedBytes(value);
    return nonce.length === length ? nonce : undefined;
  } catch {
    return undefined;
  }
}
