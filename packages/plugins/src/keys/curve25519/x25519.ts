/**
 * X25519 keys, which encrypt by sealed boxes and sign nothing: for visas.
 *
 * `{ "algorithm": "X25519", "data": base64 of 32 bytes }`
 */
import { defineKeyAlgorithm, type DecryptKey, type EncryptKey, type JsonMap, type KeyAlgorithmDefinition } from 'mkm';
import { encodeBase64, within } from 'mkm/extend';
import type { ModernBackend } from '../../backend/modern-backend.ts';
import { requireBytes } from '../../coding/byte-argument.ts';
import { PublicAlgorithmKey, SecretAlgorithmKey } from '../algorithm-key.ts';
import { askPlatform } from '../../backend/ask-platform.ts';
import { checkX25519PublicKey } from './curve25519.ts';
import { decryptionFailed } from '../decryption-failed.ts';
import { once } from '../../backend/once.ts';
import { checkBits, RAW_KEY_BYTES, readRawKey } from '../raw-key.ts';
import { openBox, sealBox } from './sealed-box.ts';

const X25519 = 'X25519';

/**
 * The algorithm `X25519` on a backend.
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { platformModernBackend, x25519Algorithm } from 'dimplugins/modern';
 *
 * const x25519 = definePlugin('x25519', [x25519Algorithm(platformModernBackend)]);
 * const { DecryptKey } = createIdentityContext({ plugins: [x25519] });
 * const key = await DecryptKey.generate('X25519');
 * const box = await key.encryptKey.encrypt(new TextEncoder().encode('Hello'));
 * await key.decrypt(box);
 * ```
 */
export function x25519Algorithm(backend: ModernBackend): KeyAlgorithmDefinition {
  return defineKeyAlgorithm({
    algorithm: X25519,
    encryptKey: {
      read(fields) {
        const bytes = readRawKey(fields);
        within('data', () => checkX25519PublicKey(bytes));
        return new X25519EncryptKey(backend, fields, bytes);
      },
    },
    decryptKey: {
      read: (fields) => new X25519DecryptKey(backend, fields, readRawKey(fields)),
      generate({ bits }) {
        checkBits(bits);
        const scalar = askPlatform(() => backend.randomBytes(RAW_KEY_BYTES));
        return new X25519DecryptKey(backend, writeFields(scalar), scalar);
      },
    },
  });
}

class X25519EncryptKey extends PublicAlgorithmKey implements EncryptKey {
  readonly algorithm = X25519;
  readonly canonical: Uint8Array;
  readonly #backend: ModernBackend;
  readonly #publicKey: Uint8Array;
  readonly #operations: () => ReturnType<ModernBackend['x25519']['publicKey']>;

  constructor(backend: ModernBackend, fields: JsonMap, publicKey: Uint8Array) {
    super(fields);
    this.canonical = publicKey.slice();
    this.#backend = backend;
    this.#publicKey = publicKey;
    this.#operations = once(() => backend.x25519.publicKey(publicKey));
  }

  encrypt(plaintext: Uint8Array): Uint8Array {
    requireBytes(plaintext, 'plaintext');
    return askPlatform(() =>
      sealBox(this.#backend, { publicKey: this.#publicKey, operations: this.#operations() }, plaintext),
    );
  }

  protected override describe(): string {
    return `X25519EncryptKey { algorithm: '${X25519}' }`;
  }
}

class X25519DecryptKey extends SecretAlgorithmKey implements DecryptKey {
  readonly algorithm = X25519;
  readonly #backend: ModernBackend;
  readonly #encryptKey: () => EncryptKey;
  readonly #operations: () => ReturnType<ModernBackend['x25519']['privateKey']>;

  constructor(backend: ModernBackend, fields: JsonMap, scalar: Uint8Array) {
    super(fields);
    this.#backend = backend;
    this.#operations = once(() => askPlatform(() => backend.x25519.privateKey(scalar)));
    this.#encryptKey = once(() => {
      const { publicKey } = this.#operations();
      return new X25519EncryptKey(backend, writeFields(publicKey), publicKey);
    });
  }

  get encryptKey(): EncryptKey {
    return this.#encryptKey();
  }

  decrypt(ciphertext: Uint8Array): Uint8Array {
    requireBytes(ciphertext, 'ciphertext');
    const plaintext = askPlatform(() => openBox(this.#backend, this.#operations(), ciphertext));
    if (plaintext === undefined) throw decryptionFailed();
    return plaintext;
  }

  protected override describe(): string {
    return `X25519DecryptKey { algorithm: '${X25519}' }`;
  }
}

function writeFields(bytes: Uint8Array): JsonMap {
  return Object.freeze({ algorithm: X25519, data: encodeBase64(bytes) });
}
