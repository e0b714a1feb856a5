/**
 * RSA: RSASSA-PKCS1-v1_5 with SHA-256, and RSAES-PKCS1-v1_5.
 *
 * `{ "algorithm": "RSA", "data": PEM, "mode": "ECB", "padding": "PKCS1", "digest": "SHA256", ["keySize": bytes] }`
 */
import { rsa, sha256 } from '#backend';
import {
  defineKeyAlgorithm,
  DimError,
  isDimError,
  type Awaitable,
  type DecryptKey,
  type EncryptKey,
  type JsonMap,
  type KeyAlgorithmDefinition,
  type PrivateKey,
  type PublicKey,
} from 'mkm';
import { fieldOf } from 'mkm/extend';
import type {
  Backend,
  RsaPrivateComponents,
  RsaPrivateOperations,
  RsaPublicComponents,
  RsaPublicOperations,
} from '../../backend/backend.ts';
import { equalBytes, requireBytes } from '../../coding/byte-argument.ts';
import { PublicAlgorithmKey, SecretAlgorithmKey } from '../algorithm-key.ts';
import { askPlatform } from '../../backend/ask-platform.ts';
import { decryptionFailed } from '../decryption-failed.ts';
import { checkHint, readData, SHA256_HINT } from '../key-fields.ts';
import { once } from '../../backend/once.ts';
import { readPemPrivateKey, readPemPublicKey, type PemKeyFormat } from '../pem-keys.ts';
import { encodePem } from '../../coding/pem.ts';
import { remembered } from '../remembered.ts';
import {
  bitLength,
  encodeRsaSpki,
  parseRsaPrivateKey,
  parseRsaPublicKey,
  sameRsaKey,
} from '../../coding/rsa-components.ts';
import { implicitRejection } from './rsa-padding.ts';

const RSA = 'RSA';
const DEFAULT_BITS = 2048;
/** Of new keys. */
const MIN_BITS = 1024;
const MAX_BITS = 8192;
const HINTS: JsonMap = { mode: 'ECB', padding: 'PKCS1', digest: 'SHA256' };
const PADDING_HINT = /^pkcs#?1(?:[-_ ]?(?:padding|v1[._]5))?$/i;

/** The shortest padding of an encrypted message. */
const PADDING_BYTES = 11;

const FORMAT: PemKeyFormat<RsaPublicComponents, RsaPrivateComponents> = {
  publicLabels: ['PUBLIC KEY', 'RSA PUBLIC KEY'],
  privateLabels: ['RSA PRIVATE KEY', 'PRIVATE KEY'],
  ignoredLabels: [],
  readPublic: parseRsaPublicKey,
  readPrivate: parseRsaPrivateKey,
  publicOf: (key) => key.publicKey,
  isSame: sameRsaKey,
};

/** The part of a backend that RSA needs. */
type RsaPlatform = Pick<Backend, 'rsa' | 'sha256'>;
const PLATFORM: RsaPlatform = { rsa, sha256 };

/**
 * The algorithm `RSA` on a backend. Keys have a modulus of 128 to 1024 bytes; new ones have 2048 bits unless
 * `bits` says otherwise.
 * @param backend the platform's, if not given: only this part of it
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { rsaAlgorithm } from 'dimplugins';
 *
 * const rsa = definePlugin('rsa', [rsaAlgorithm()]);
 * const { PrivateKey } = createIdentityContext({ plugins: [rsa] });
 * const key = await PrivateKey.generate('RSA', { bits: 3072 });
 * ```
 */
export function rsaAlgorithm(backend: RsaPlatform = PLATFORM): KeyAlgorithmDefinition {
  function readPrivate(fields: JsonMap): PrivateKey {
    checkHints(fields);
    const components = readData(fields, (text) => readPemPrivateKey(text, FORMAT));
    return new RsaPrivateKey(backend, fields, components);
  }
  const readPublicPart = remembered((text) => {
    const { key, der } = readPemPublicKey(text, FORMAT);
    return publicPartOf(backend, key, der);
  });
  return defineKeyAlgorithm({
    algorithm: RSA,
    publicKey: {
      read(fields) {
        checkHints(fields);
        return new RsaPublicKey(fields, readData(fields, readPublicPart));
      },
    },
    privateKey: {
      read: readPrivate,
      async generate({ bits = DEFAULT_BITS }) {
        if (!Number.isInteger(bits) || bits < MIN_BITS || bits > MAX_BITS || bits % 8 !== 0) {
          throw new DimError('USAGE_ARGUMENT', `must be ${MIN_BITS} to ${MAX_BITS}, a multiple of 8`, { path: 'bits' });
        }
        const der = await askPlatform(() => backend.rsa.generate(bits));
        const { modulus } = parseRsaPrivateKey(der).publicKey;
        // Some platforms round down to a multiple of 128.
        if (bitLength(modulus) !== bits) {
          throw new DimError('INTERNAL_PLATFORM', `this platform makes no RSA keys of ${bits} bits`);
        }
        // Clients that do not find the size, in bytes, take the key for one of 1024 bits and will not use it.
        return readPrivate(writeFields('RSA PRIVATE KEY', der, { keySize: modulus.length }));
      },
    },
  });
}

/** What public keys of the same text share. */
interface RsaPublicPart {
  readonly modulus: Uint8Array;
  readonly pkcs1: Uint8Array;
  readonly der: Uint8Array;
  /** Prepared at the first use: preparing takes longer than verifying does. */
  readonly operations: () => RsaPublicOperations;
}

function publicPartOf(backend: RsaPlatform, key: RsaPublicComponents, der: Uint8Array): RsaPublicPart {
  return { modulus: key.modulus, pkcs1: key.pkcs1, der, operations: once(() => backend.rsa.publicKey(key)) };
}

class RsaPublicKey extends PublicAlgorithmKey implements PublicKey, EncryptKey {
  readonly algorithm = RSA;
  /** The DER as in the PEM: SPKI and PKCS#1 of one key make different BTC addresses. */
  readonly data: Uint8Array;
  readonly #part: RsaPublicPart;

  constructor(fields: JsonMap, part: RsaPublicPart) {
    super(fields);
    // Whoever changes these bytes changes them for one key object.
    this.data = part.der.slice();
    this.#part = part;
  }

  /** The PKCS#1 DER, whatever is around it. */
  get canonical(): Uint8Array {
    return this.#part.pkcs1.slice();
  }

  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean> {
    requireBytes(message, 'message');
    requireBytes(signature, 'signature');
    // Platforms differ in what they do with leading zeros: a signature has exactly the modulus's length.
    if (signature.length !== this.#part.modulus.length) return false;
    return askPlatform(() => this.#part.operations().verify(message, signature));
  }

  encrypt(plaintext: Uint8Array): Awaitable<Uint8Array> {
    const limit = this.#part.modulus.length - PADDING_BYTES;
    if (requireBytes(plaintext, 'plaintext').length > limit) {
      throw new DimError('USAGE_ARGUMENT', `this key encrypts at most ${limit} bytes`, { path: 'plaintext' });
    }
    return askPlatform(() => this.#part.operations().encrypt(plaintext));
  }

  protected override describe(): string {
    return `RsaPublicKey { algorithm: 'RSA', bits: ${bitLength(this.#part.modulus)} }`;
  }
}

class RsaPrivateKey extends SecretAlgorithmKey implements PrivateKey, DecryptKey {
  readonly algorithm = RSA;
  readonly #modulus: Uint8Array;
  readonly #publicKey: () => RsaPublicKey;
  readonly #operations: () => ReturnType<Backend['rsa']['privateKey']>;
  readonly #decrypt: () => Promise<Decrypt>;

  constructor(backend: RsaPlatform, fields: JsonMap, components: RsaPrivateComponents) {
    super(fields);
    const key = components.publicKey;
    this.#modulus = key.modulus;
    this.#operations = once(() => backend.rsa.privateKey(components));
    this.#decrypt = once(() => chooseDecryption(backend, components, this.#operations()));
    this.#publicKey = once(() => {
      const der = encodeRsaSpki(key);
      // Of the modulus, whatever the map says: others pad what they encrypt to this many bytes.
      const form = fieldOf(fields, 'keySize') === undefined ? {} : { keySize: key.modulus.length };
      return new RsaPublicKey(writeFields('PUBLIC KEY', der, form), publicPartOf(backend, key, der));
    });
  }

  get publicKey(): RsaPublicKey {
    return this.#publicKey();
  }

  /** The same: an RSA key both signs and decrypts. */
  get encryptKey(): RsaPublicKey {
    return this.#publicKey();
  }

  sign(message: Uint8Array): Awaitable<Uint8Array> {
    requireBytes(message, 'message');
    return askPlatform(() => this.#operations().sign(message));
  }

  async decrypt(ciphertext: Uint8Array): Promise<Uint8Array> {
    requireBytes(ciphertext, 'ciphertext');
    if (ciphertext.length !== this.#modulus.length || !isLess(ciphertext, this.#modulus)) throw decryptionFailed();
    // It may be read later, on another thread: whoever gave it may use its memory again.
    const given = new Uint8Array(ciphertext);
    const decrypt = await askPlatform(() => this.#decrypt());
    try {
      return await decrypt(given);
    } catch (error) {
      throw isDimError(error) ? error : decryptionFailed();
    }
  }

  protected override describe(): string {
    return `RsaPrivateKey { algorithm: 'RSA', bits: ${bitLength(this.#modulus)} }`;
  }
}

type Decrypt = (ciphertext: Uint8Array) => Awaitable<Uint8Array>;

/**
 * The platform's decryption where it has implicit rejection of the same construction, or ours on top of its bare
 * operation. One wrong padding tells which: no other construction gives the same answer.
 */
async function chooseDecryption(
  backend: RsaPlatform,
  { publicKey, privateExponent }: RsaPrivateComponents,
  operations: RsaPrivateOperations,
): Promise<Decrypt> {
  const unpad = implicitRejection((data) => backend.sha256(data), privateExponent, publicKey.modulus.length);
  const decryptHere: Decrypt = async (ciphertext) => unpad(await operations.rawDecrypt(ciphertext), ciphertext);
  const { decrypt } = operations;
  if (decrypt === undefined) return decryptHere;
  const probe = new Uint8Array(publicKey.modulus.length);
  probe.set([2], probe.length - 1);
  try {
    const encoded = await operations.rawDecrypt(probe);
    const isWrong = encoded[0] !== 0 || encoded[1] !== 2;
    return isWrong && equalBytes(await decrypt(probe), unpad(encoded, probe)) ? decrypt : decryptHere;
  } catch {
    return decryptHere;
  }
}

function checkHints(fields: JsonMap): void {
  checkHint(fields, 'digest', SHA256_HINT);
  checkHint(fields, 'padding', PADDING_HINT);
}

function writeFields(label: string, der: Uint8Array, form: JsonMap): JsonMap {
  return Object.freeze({ algorithm: RSA, data: encodePem(label, der), ...HINTS, ...form });
}

/** Whether a big-endian number is less than another of the same length. Both are public. */
function isLess(one: Uint8Array, other: Uint8Array): boolean {
  const index = one.findIndex((byte, at) => byte !== other[at]);
  return index !== -1 && (one[index] ?? 0) < (other[index] ?? 0);
}
