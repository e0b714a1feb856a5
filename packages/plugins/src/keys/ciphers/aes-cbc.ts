/**
 * AES in CBC mode with PKCS#7 padding, a fresh IV for each message.
 *
 * `{ "algorithm": "AES", "data": base64 of 16, 24 or 32 bytes, ["iv": base64] }`. Both may come in the other forms of
 * transportable data, too; null stands for no `iv`.
 */
import { aesCbc as ofPlatform, randomBytes, randomNonce } from '#backend';
import {
  defineKeyAlgorithm,
  DimError,
  type JsonMap,
  type JsonValue,
  type KeyAlgorithmDefinition,
  type StreamCipher,
  type StreamEncryption,
  type StreamKey,
  type SymmetricCiphertext,
  type SymmetricKey,
  type UncheckedPlaintext,
} from 'mkm';
import { decodeBase64, typeName, encodeBase64, optionalFieldOf, requiredOf, within } from 'mkm/extend';
import type { AesCbcOperations, Backend } from '../../backend/backend.ts';
import { requireBytes } from '../../coding/byte-argument.ts';
import { SecretAlgorithmKey } from '../algorithm-key.ts';
import { askPlatform } from '../../backend/ask-platform.ts';
import { once } from '../../backend/once.ts';
import { CbcDecryption, CbcEncryption } from './cbc-stream.ts';
import { decryptionFailed } from '../decryption-failed.ts';
import { readEncodedBytes } from './encoded-bytes.ts';
import { checkHint } from '../key-fields.ts';
import { requireMap } from './message-extra.ts';
import { BLOCK_BYTES, padPkcs7, unpadPkcs7 } from './pkcs7-padding.ts';

const AES = 'AES';
const KEY_BYTES: readonly number[] = [16, 24, 32];
const DEFAULT_BITS = 256;
/** Characters of an IV in base64, as all write it. */
const IV_LENGTH = 24;
/** Where a key has none and a message neither. */
const NO_IV = new Uint8Array(BLOCK_BYTES);
const UNREADABLE: UncheckedPlaintext = /* @__PURE__ */ Object.freeze({ bytes: new Uint8Array(), isSound: false });

/** The part of a backend that AES needs. */
type AesPlatform = Pick<Backend, 'aesCbc' | 'randomBytes' | 'randomNonce'>;
const PLATFORM: AesPlatform = { aesCbc: ofPlatform, randomBytes, randomNonce };

/**
 * The algorithm `AES` on a backend. New keys have 256 bits unless `bits` says otherwise.
 * @param backend the platform's, if not given: only this part of it
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { aesAlgorithm } from 'dimplugins';
 *
 * const aes = definePlugin('aes', [aesAlgorithm()]);
 * const { SymmetricKey } = createIdentityContext({ plugins: [aes] });
 * const key = await SymmetricKey.generate('AES');
 * const { ciphertext, extra } = await key.encrypt(new TextEncoder().encode('Hello'));
 * const plaintext = await key.decrypt(ciphertext, extra);
 * ```
 */
export function aesAlgorithm(backend: AesPlatform = PLATFORM): KeyAlgorithmDefinition {
  const platform = aesOf(backend);
  return defineKeyAlgorithm({
    algorithm: AES,
    symmetricKey: {
      read: (fields) => readKey(platform, fields),
      generate({ bits = DEFAULT_BITS }) {
        if (!KEY_BYTES.includes(bits / 8)) {
          throw new DimError('USAGE_ARGUMENT', 'must be 128, 192 or 256', { path: 'bits' });
        }
        const key = platform.randomBytes(bits / 8);
        return new AesKey(platform, Object.freeze({ algorithm: AES, data: encodeBase64(key) }), key, NO_IV);
      },
    },
  });
}

/** A backend whose errors are those of this library. */
function aesOf(backend: AesPlatform): AesPlatform {
  const { aesCbc } = backend;
  return {
    randomBytes: (length) => askPlatform(() => backend.randomBytes(length)),
    randomNonce: (length) => askPlatform(() => backend.randomNonce(length)),
    aesCbc: {
      key(bytes) {
        const operations = askPlatform(() => aesCbc.key(bytes));
        return {
          encryptBlocks: (iv, blocks) => askPlatform(() => operations.encryptBlocks(iv, blocks)),
          decryptBlocks: (iv, blocks) => askPlatform(() => operations.decryptBlocks(iv, blocks)),
        };
      },
    },
  };
}

class AesKey extends SecretAlgorithmKey implements SymmetricKey, StreamKey {
  readonly algorithm = AES;
  readonly #platform: AesPlatform;
  readonly #bits: number;
  /** Prepared at the first use: many keys are read and only some are used. */
  readonly #cipher: () => AesCbcOperations;
  /** For messages that carry none: before 2024 the IV was a part of the key. */
  readonly #iv: Uint8Array;

  constructor(platform: AesPlatform, fields: JsonMap, key: Uint8Array, iv: Uint8Array) {
    super(fields);
    this.#platform = platform;
    this.#bits = key.length * 8;
    this.#cipher = once(() => platform.aesCbc.key(key));
    this.#iv = iv;
  }

  encrypt(plaintext: Uint8Array): SymmetricCiphertext {
    requireBytes(plaintext, 'plaintext');
    const iv = this.#platform.randomNonce(BLOCK_BYTES);
    const ciphertext = this.#cipher().encryptBlocks(iv, padPkcs7(plaintext));
    return { ciphertext, extra: Object.freeze({ IV: encodeBase64(iv) }) };
  }

  decrypt(ciphertext: Uint8Array, extra: JsonMap): Uint8Array {
    const { bytes, isSound } = this.decryptUnchecked(ciphertext, extra);
    if (!isSound) throw decryptionFailed();
    return bytes;
  }

  decryptUnchecked(ciphertext: Uint8Array, extra: JsonMap): UncheckedPlaintext {
    requireBytes(ciphertext, 'ciphertext');
    requireMap(extra);
    const iv = this.#messageIv(extra);
    // What everybody can see of a message.
    if (iv === undefined || ciphertext.length === 0 || ciphertext.length % BLOCK_BYTES !== 0) return UNREADABLE;
    return unpadPkcs7(this.#cipher().decryptBlocks(iv, ciphertext));
  }

  startEncryption(): StreamEncryption {
    const iv = this.#platform.randomNonce(BLOCK_BYTES);
    const cipher = new CbcEncryption(this.#cipher(), iv);
    return { cipher, extra: Object.freeze({ IV: encodeBase64(iv) }) };
  }

  startDecryption(extra: JsonMap): StreamCipher {
    requireMap(extra);
    const iv = this.#messageIv(extra);
    if (iv === undefined) throw decryptionFailed();
    return new CbcDecryption(this.#cipher(), iv);
  }

  #messageIv(extra: JsonMap): Uint8Array | undefined {
    const value = optionalFieldOf(extra, 'IV') ?? optionalFieldOf(extra, 'iv');
    if (value === undefined) return this.#iv;
    try {
      return decodeIv(value);
    } catch {
      return undefined;
    }
  }

  protected override describe(): string {
    return `AesKey { algorithm: 'AES', bits: ${this.#bits} }`;
  }
}

function readKey(platform: AesPlatform, fields: JsonMap): SymmetricKey {
  checkHint(fields, 'mode', /^cbc$/i);
  checkHint(fields, 'padding', /^pkcs-?#?[57](?:[-_ ]?padding)?$/i);
  const key = requiredOf(fields, 'data', readEncodedBytes);
  if (!KEY_BYTES.includes(key.length)) {
    throw new DimError('INPUT_KEY', 'an AES key must have 16, 24 or 32 bytes', { path: 'data' });
  }
  checkSize(fields, key.length);
  const ivs = ['iv', 'IV'].map((name) => readIv(fields, name));
  return new AesKey(platform, fields, key, ivs.find((iv) => iv !== undefined) ?? NO_IV);
}

function readIv(fields: JsonMap, name: string): Uint8Array | undefined {
  const value = optionalFieldOf(fields, name);
  return value === undefined ? undefined : within(name, () => decodeIv(value));
}

function decodeIv(value: JsonValue): Uint8Array {
  const iv = typeof value === 'string' && value.length === IV_LENGTH ? decodeBase64(value) : readEncodedBytes(value);
  if (iv.length !== BLOCK_BYTES) throw new DimError('INPUT_FORMAT', 'an IV must have 16 bytes');
  return iv;
}

/** The size that some writers add, in bytes or in bits, must be that of the key. */
function checkSize(fields: JsonMap, length: number): void {
  const size = optionalFieldOf(fields, 'keySize');
  if (size === undefined) return;
  if (typeof size !== 'number' && typeof size !== 'string') {
    throw new DimError('INPUT_TYPE', `must be a number, not ${typeName(size)}`, { path: 'keySize' });
  }
  if (Number(size) !== length && Number(size) !== length * 8) {
    throw new DimError('INPUT_KEY', 'is not the size of this key', { path: 'keySize' });
  }
}
