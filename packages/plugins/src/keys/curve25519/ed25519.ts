/**
 * Ed25519 signatures (RFC 8032). It signs and does not encrypt.
 *
 * `{ "algorithm": "ED25519", "data": base64 }`: 32 bytes of the public key, or of the private key's seed. A private key of
 * 64 bytes, the seed and the public key in a row, is read too.
 */
import {
  defineKeyAlgorithm,
  DimError,
  type Awaitable,
  type JsonMap,
  type KeyAlgorithmDefinition,
  type PrivateKey,
  type PublicKey,
} from 'mkm';
import { encodeBase64, within } from 'mkm/extend';
import type { ModernBackend } from '../../backend/modern-backend.ts';
import { equalBytes, requireBytes } from '../../coding/byte-argument.ts';
import { PublicAlgorithmKey, SecretAlgorithmKey } from '../algorithm-key.ts';
import { askPlatform } from '../../backend/ask-platform.ts';
import { checkEd25519PublicKey, isSmallOrderEd25519 } from './curve25519.ts';
import { once } from '../../backend/once.ts';
import { checkBits, RAW_KEY_BYTES, readRawKey } from '../raw-key.ts';

const ED25519 = 'ED25519';
const SIGNATURE_BYTES = 64;
const POINT_BYTES = 32;
const PAIR_BYTES = 64;

/**
 * The algorithm `ED25519` on a backend.
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { ed25519Algorithm, platformModernBackend } from 'dimplugins/modern';
 *
 * const ed25519 = definePlugin('ed25519', [ed25519Algorithm(platformModernBackend)]);
 * const { PrivateKey } = createIdentityContext({ plugins: [ed25519] });
 * const key = await PrivateKey.generate('ED25519');
 * ```
 */
export function ed25519Algorithm(backend: ModernBackend): KeyAlgorithmDefinition {
  return defineKeyAlgorithm({
    algorithm: ED25519,
    publicKey: {
      read(fields) {
        const bytes = readRawKey(fields);
        within('data', () => checkEd25519PublicKey(bytes));
        return new Ed25519PublicKey(backend, fields, bytes);
      },
    },
    privateKey: {
      read: (fields) => readPrivateKey(backend, fields),
      generate({ bits }) {
        checkBits(bits);
        const seed = askPlatform(() => backend.randomBytes(RAW_KEY_BYTES));
        return new Ed25519PrivateKey(backend, writeFields(seed), seed);
      },
    },
  });
}

class Ed25519PublicKey extends PublicAlgorithmKey implements PublicKey {
  readonly algorithm = ED25519;
  readonly data: Uint8Array;
  readonly #operations: () => ReturnType<ModernBackend['ed25519']['publicKey']>;

  constructor(backend: ModernBackend, fields: JsonMap, bytes: Uint8Array) {
    super(fields);
    this.data = bytes;
    // Of a copy: nobody else can change it.
    const copy = new Uint8Array(bytes);
    this.#operations = once(() => backend.ed25519.publicKey(copy));
  }

  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean> {
    requireBytes(message, 'message');
    requireBytes(signature, 'signature');
    if (signature.length !== SIGNATURE_BYTES) return false;
    // Nobody signs with a nonce of zero: libsodium refuses that, OpenSSL does not.
    if (isSmallOrderEd25519(signature.subarray(0, POINT_BYTES))) return false;
    return askPlatform(() => this.#operations().verify(message, signature));
  }

  protected override describe(): string {
    return `Ed25519PublicKey { algorithm: '${ED25519}' }`;
  }
}

class Ed25519PrivateKey extends SecretAlgorithmKey implements PrivateKey {
  readonly algorithm = ED25519;
  readonly #publicKey: () => PublicKey;
  readonly #operations: () => ReturnType<ModernBackend['ed25519']['privateKey']>;

  constructor(backend: ModernBackend, fields: JsonMap, seed: Uint8Array) {
    super(fields);
    this.#operations = once(() => askPlatform(() => backend.ed25519.privateKey(seed)));
    this.#publicKey = once(() => {
      const { publicKey } = this.#operations();
      return new Ed25519PublicKey(backend, writeFields(publicKey), publicKey);
    });
  }

  get publicKey(): PublicKey {
    return this.#publicKey();
  }

  sign(message: Uint8Array): Awaitable<Uint8Array> {
    requireBytes(message, 'message');
    return askPlatform(() => this.#operations().sign(message));
  }

  protected override describe(): string {
    return `Ed25519PrivateKey { algorithm: '${ED25519}' }`;
  }
}

function readPrivateKey(backend: ModernBackend, fields: JsonMap): PrivateKey {
  const bytes = readRawKey(fields, [RAW_KEY_BYTES, PAIR_BYTES]);
  const key = new Ed25519PrivateKey(backend, fields, bytes.slice(0, RAW_KEY_BYTES));
  if (bytes.length === PAIR_BYTES && !equalBytes(bytes.subarray(RAW_KEY_BYTES), key.publicKey.data)) {
    throw new DimError('INPUT_KEY', 'holds a private key and a public key that is not its own', { path: 'data' });
  }
  return key;
}

function writeFields(bytes: Uint8Array): JsonMap {
  return Object.freeze({ algorithm: ED25519, data: encodeBase64(bytes) });
}
