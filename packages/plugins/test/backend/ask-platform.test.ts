/** Whatever a platform throws comes out as `INTERNAL_PLATFORM`: never raw, and never as a fault of the input. */
import { describe, expect, test } from '@jest/globals';
import { canEncrypt, createIdentityContext, DimError, type Awaitable } from 'mkm';
import { backend } from '#backend';
import { modernBackend } from '#modern-backend';
import { encodeBase58Check } from '../../src/coding.ts';
import { standardPlugin } from '../../src/index.ts';
import { modernPlugin } from '../../src/modern-plugin.ts';
import { askPlatform } from '../../src/backend/ask-platform.ts';
import { at, eccVectors, failure, rsaVectors, utf8 } from '../fixtures.ts';

const cause = new Error('ERR_OSSL_UNKNOWN_GROUP');

/** A backend that has nothing. */
function broken<T extends object>(whole: T): T {
  return new Proxy(whole, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'object' && value !== null) return broken(value);
      return typeof value === 'function' ? refuse : value;
    },
  });
}

function refuse(): never {
  throw cause;
}

const good = createIdentityContext({ plugins: [standardPlugin(), modernPlugin()] });
const bad = createIdentityContext({
  plugins: [standardPlugin({ backend: broken(backend) }), modernPlugin({ backend: broken(modernBackend) })],
});
const { ID, Meta, PrivateKey, PublicKey, DecryptKey, SymmetricKey } = bad;

const [rsa, ecc] = [at(rsaVectors, 0), at(eccVectors, 0)];
const ed25519 = await good.PrivateKey.generate('ED25519');
const x25519 = await good.DecryptKey.generate('X25519');
const message = utf8('x');
const rows: readonly (readonly [string, () => unknown])[] = [
  ...['RSA', 'ECC', 'ED25519'].map((name) => [`new ${name}`, () => PrivateKey.generate(name)] as const),
  ...['AES', 'AES-GCM', 'XSALSA20-POLY1305'].map((name) => [`new ${name}`, () => SymmetricKey.generate(name)] as const),
  ['new X25519', () => DecryptKey.generate('X25519')],
  ['reading a BTC address', () => ID.parse('126LCHc9Qcvp928puqyS3dphrDNrN4GzTc')],
  ['reading an ETH address', () => ID.parse('0xE5690C2F7797e04c0AD6bB40cCf6ef0E8704c3aC')],
  ['making a BTC address', () => Meta.parse({ type: '2', key: ecc.public }).id()],
  ['making an ETH address', () => Meta.parse({ type: '4', key: ecc.public }).id()],
  ['a checksum', () => encodeBase58Check(new Uint8Array(1), broken(backend))],
  ['SHA-256', () => sha256Of(standardPlugin({ backend: broken(backend) }))(message)],
  ['reading ECC', () => PrivateKey.parse(ecc.private)],
  ['RSA signs', () => PrivateKey.parse(rsa.private).sign(message)],
  ['RSA verifies', () => PublicKey.parse(rsa.public).verify(message, new Uint8Array(128))],
  ['RSA encrypts', () => encrypt(PublicKey.parse(rsa.public))],
  ['ECC verifies', async () => PublicKey.parse(ecc.public).verify(message, await signature())],
  ['ED25519 signs', () => PrivateKey.parse(ed25519.toJSON()).sign(message)],
  [
    'ED25519 verifies',
    async () => PublicKey.parse(ed25519.publicKey.toJSON()).verify(message, await ed25519.sign(message)),
  ],
  ['X25519 encrypts', () => bad.EncryptKey.parse(x25519.encryptKey.toJSON()).encrypt(message)],
  ['X25519 decrypts', async () => DecryptKey.parse(x25519.toJSON()).decrypt(await x25519.encryptKey.encrypt(message))],
  ...['AES', 'AES-GCM', 'XSALSA20-POLY1305'].flatMap((name) => [
    [`${name} encrypts`, async () => (await copyOf(name)).encrypt(message)] as const,
    [
      `${name} decrypts`,
      async () => {
        const key = await good.SymmetricKey.generate(name);
        const { ciphertext, extra } = await key.encrypt(message);
        return SymmetricKey.parse(key.toJSON()).decrypt(ciphertext, extra);
      },
    ] as const,
  ]),
];

describe('a platform that throws', () => {
  test.each(rows)('%s', async (_what, operation) => {
    const error = await failure(operation);
    expect(error.code).toBe('INTERNAL_PLATFORM');
    expect(error.reason).toContain('dimplugins/backends/portable');
    expect(error.cause).toBe(cause);
  });
});

test('an error that comes later is one of this library, too', async () => {
  await expect(askPlatform(() => Promise.reject(cause))).rejects.toMatchObject({ code: 'INTERNAL_PLATFORM', cause });
});

test('errors of this library come through as they are, and answers too', async () => {
  const error = new DimError('INPUT_KEY', 'x');
  await expect(askPlatform(() => Promise.reject(error))).rejects.toBe(error);
  expect(
    await failure(() =>
      askPlatform(() => {
        throw error;
      }),
    ),
  ).toBe(error);
  expect(askPlatform(() => 5)).toBe(5);
  expect(await askPlatform(() => Promise.resolve(5))).toBe(5);
});

/** The digest that a plugin defines, as a context would ask for it. */
function sha256Of({ definitions }: ReturnType<typeof standardPlugin>): (data: Uint8Array) => Uint8Array {
  const definition = definitions.find((candidate) => candidate.defines === 'digest');
  if (definition === undefined) throw new Error('it defines one');
  return (data) => definition.digest(data);
}

async function copyOf(name: string): Promise<ReturnType<typeof SymmetricKey.parse>> {
  return SymmetricKey.parse((await good.SymmetricKey.generate(name)).toJSON());
}

function signature(): Awaitable<Uint8Array> {
  return good.PrivateKey.parse(ecc.private).sign(message);
}

function encrypt(key: ReturnType<typeof PublicKey.parse>): unknown {
  if (!canEncrypt(key)) throw new Error('it does');
  return key.encrypt(message);
}
