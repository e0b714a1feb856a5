/** A small plugin for tests: Ed25519 keys and an address that is their hash. mkm itself knows no algorithm. */
import { createHash, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import {
  Address,
  createIdentityContext,
  defineAddress,
  defineKeyAlgorithm,
  defineMeta,
  definePlugin,
  DimError,
  type JsonMap,
  type PrivateKey,
  type PublicKey,
} from '../src/index.ts';
import { decodeBase64, encodeBase64, textOf } from '../src/extend.ts';

export { errorIn as errorOf } from '../../../tests/support/error-of.ts';

const ALGORITHM = 'TEST25519';
const ADDRESS = /^([0-9a-f]{2})x[0-9a-f]{16}$/;

export class TestPublicKey implements PublicKey {
  readonly algorithm = ALGORITHM;
  readonly fields: JsonMap;
  readonly data: Uint8Array;
  readonly #key: KeyObject;

  constructor(fields: JsonMap) {
    this.fields = fields;
    this.data = decodeBase64(textOf(fields, 'data'));
    this.#key = createPublicKey({ key: Buffer.from(this.data), format: 'der', type: 'spki' });
  }
  verify(message: Uint8Array, signature: Uint8Array): boolean {
    return verify(null, message, this.#key, signature);
  }
  async encrypt(plaintext: Uint8Array): Promise<Uint8Array> {
    return plaintext;
  }
  toJSON(): JsonMap {
    return this.fields;
  }
}

class TestPrivateKey implements PrivateKey {
  readonly algorithm = ALGORITHM;
  readonly fields: JsonMap = { algorithm: ALGORITHM, data: '' };
  readonly publicKey: PublicKey;
  readonly #key: KeyObject;

  constructor() {
    const pair = generateKeyPairSync('ed25519');
    const data = encodeBase64(pair.publicKey.export({ format: 'der', type: 'spki' }));
    this.publicKey = new TestPublicKey({ algorithm: ALGORITHM, data });
    this.#key = pair.privateKey;
  }
  sign(message: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, message, this.#key));
  }
  toJSON(): JsonMap {
    return this.fields;
  }
}

export function testAddress(data: Uint8Array, network: number): Address {
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 16);
  return new Address({ text: `${network.toString(16).padStart(2, '0')}x${hash}`, kind: 'test', network });
}

export const demoPlugin = definePlugin('demo', [
  defineKeyAlgorithm({
    algorithm: ALGORITHM,
    publicKey: { read: (fields) => new TestPublicKey(fields) },
    privateKey: {
      read() {
        throw new DimError('UNSUPPORTED_ALGORITHM', 'test keys are only generated');
      },
      generate: () => new TestPrivateKey(),
    },
  }),
  defineAddress({
    name: 'test',
    parse(text) {
      const network = ADDRESS.exec(text)?.[1];
      return network === undefined
        ? undefined
        : new Address({ text, kind: 'test', network: Number.parseInt(network, 16) });
    },
  }),
  defineMeta({
    type: '1',
    name: 'MKM',
    seed: 'required',
    address: ({ fingerprint }, network) => (fingerprint === undefined ? undefined : testAddress(fingerprint, network)),
  }),
  defineMeta({
    type: '2',
    name: 'BTC',
    seed: 'absent',
    address: ({ publicKey }, network) => testAddress(publicKey.data, network),
  }),
]);

export const context = createIdentityContext({ plugins: [demoPlugin] });
export const USER = 'alice@00x0123456789abcdef';
export const GROUP = 'team@01x0123456789abcdef';
