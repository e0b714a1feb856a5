/**
 * A key algorithm of our own: Ed448 signatures (RFC 8032) of node:crypto.
 *
 * `{ "algorithm": "ED448", "data": base64 of 57 bytes }`: the public key, or the private key's seed
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import * as mkm from 'mkm';
import { decodeBase64, encodeBase64, textOf, within } from 'mkm/extend';

const ED448 = 'ED448';
const KEY_BYTES = 57;
/** What stands before the seed in PKCS#8. */
const PKCS8_PREFIX = Buffer.from('3047020100300506032b6571043b0439', 'hex');

class PublicKey implements mkm.PublicKey {
  readonly algorithm = ED448;
  /** What addresses are made of. */
  readonly data: Uint8Array;
  readonly fields: mkm.JsonMap;
  readonly #key: KeyObject;

  constructor(fields: mkm.JsonMap) {
    this.fields = fields;
    this.data = readData(fields);
    const x = Buffer.from(this.data).toString('base64url');
    this.#key = load(() => createPublicKey({ key: { kty: 'OKP', crv: 'Ed448', x }, format: 'jwk' }));
  }

  verify(message: Uint8Array, signature: Uint8Array): boolean {
    return verify(null, message, this.#key, signature);
  }

  toJSON(): mkm.JsonMap {
    return this.fields;
  }
}

class PrivateKey implements mkm.PrivateKey {
  readonly algorithm = ED448;
  readonly publicKey: PublicKey;
  // The secret is in private fields: logs and clones of the object do not show it.
  readonly #fields: mkm.JsonMap;
  readonly #key: KeyObject;

  constructor(fields: mkm.JsonMap) {
    this.#fields = fields;
    const seed = readData(fields);
    const key = Buffer.concat([PKCS8_PREFIX, seed]);
    this.#key = load(() => createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
    const { x = '' } = createPublicKey(this.#key).export({ format: 'jwk' });
    this.publicKey = new PublicKey(writeFields(Buffer.from(x, 'base64url')));
  }

  get fields(): mkm.JsonMap {
    return this.#fields;
  }

  sign(message: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, message, this.#key));
  }

  /** The private map: this is how an application saves the key. */
  toJSON(): mkm.JsonMap {
    return this.#fields;
  }
}

export const ed448Algorithm: mkm.KeyAlgorithmDefinition = mkm.defineKeyAlgorithm({
  algorithm: ED448,
  publicKey: { read: (fields) => new PublicKey(fields) },
  privateKey: {
    read: (fields) => new PrivateKey(fields),
    generate() {
      const { d = '' } = generateKeyPairSync('ed448').privateKey.export({ format: 'jwk' });
      return new PrivateKey(writeFields(Buffer.from(d, 'base64url')));
    },
  },
});

function readData(fields: mkm.JsonMap): Uint8Array {
  const bytes = within('data', () => decodeBase64(textOf(fields, 'data')));
  if (bytes.length === KEY_BYTES) return bytes;
  throw new mkm.DimError('INPUT_KEY', `must have ${KEY_BYTES} bytes`, { path: 'data' });
}

/** Whatever the platform throws at a key is our error, and shows nothing of the key. */
function load(read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    throw new mkm.DimError('INPUT_KEY', 'is no key of Ed448', { path: 'data' });
  }
}

function writeFields(bytes: Uint8Array): mkm.JsonMap {
  return Object.freeze({ algorithm: ED448, data: encodeBase64(new Uint8Array(bytes)) });
}
