/** That both backends give the same, that a foreign one can be chosen, and that nobody pays who does not ask. */
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createIdentityContext } from 'mkm';
import { standardPlugin } from '../../src/index.ts';
import { modernPlugin, platformModernBackend } from '../../src/modern-plugin.ts';
import { nativeModernBackend } from '../../src/native.ts';
import { portableModernBackend } from '../../src/portable.ts';
import { failureCode, textIn, toBase64, utf8 } from '../fixtures.ts';
import { byteChange } from '../../../../tests/support/changes.ts';
import { mapOf, modernSubjectOf, native, portable, subjects } from './subjects.ts';

const [one, other] = [modernSubjectOf(native), modernSubjectOf(portable)];
const RUNS = { numRuns: 25 };
const message = fc.uint8Array({ maxLength: 300, size: 'max' });
const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const directions = [
  ['native', one, other],
  ['portable', other, one],
] as const;

test('on Node the platform backend is the native one; both have a name to be asked for', () => {
  expect(platformModernBackend).toBe(native);
  expect([nativeModernBackend, portableModernBackend]).toEqual([native, portable]);
  expect([native.name, portable.name]).toEqual(['native', 'portable']);
});

test.each([native, portable])('random bytes are as many as asked for, and never the same', (backend) => {
  for (const length of [12, 24, 32]) expect(backend.randomBytes(length)).toHaveLength(length);
  expect(backend.randomBytes(32)).not.toEqual(backend.randomBytes(32));
});

describe('the same answers', () => {
  test('the same signatures and public keys', async () => {
    await fc.assert(
      fc.asyncProperty(key32, message, async (seed, bytes) => {
        const keys = [one, other].map(({ PrivateKey }) => PrivateKey.parse(mapOf('ED25519', seed)));
        const signatures = await Promise.all(keys.map(async (key) => key.sign(bytes)));
        expect(signatures[0]).toEqual(signatures[1]);
        expect(keys[0]?.publicKey.fields).toEqual(keys[1]?.publicKey.fields);
      }),
      RUNS,
    );
  });

  test('any signature, sound or changed, by any key: the same verdict', async () => {
    const seed = new Uint8Array(32).fill(8);
    const key = one.PrivateKey.parse(mapOf('ED25519', seed));
    await fc.assert(
      fc.asyncProperty(message, byteChange, fc.boolean(), async (bytes, change, isSound) => {
        const signature = await key.sign(bytes);
        const shown = isSound ? signature : change(signature);
        const verdicts = [one, other].map(async ({ PublicKey }) =>
          PublicKey.parse(key.publicKey.fields).verify(bytes, shown),
        );
        expect(await Promise.all(verdicts)).toEqual([isSound, isSound]);
      }),
      RUNS,
    );
  });

  test('any bytes are a public key for both, or for none, and verify nothing', async () => {
    await fc.assert(
      fc.asyncProperty(key32, fc.uint8Array({ minLength: 64, maxLength: 64 }), async (bytes, signature) => {
        const results = [one, other].map(async ({ PublicKey }) => {
          const key = PublicKey.tryParse(mapOf('ED25519', bytes));
          return key && (await key.verify(bytes, signature));
        });
        const [first, second] = await Promise.all(results);
        expect(first).toBe(second);
        expect(first).not.toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('the same X25519 public keys', () => {
    fc.assert(
      fc.property(key32, (scalar) => {
        const maps = [one, other].map(({ DecryptKey }) => DecryptKey.parse(mapOf('X25519', scalar)).encryptKey.fields);
        expect(maps[0]).toEqual(maps[1]);
      }),
      RUNS,
    );
  });
});

describe.each(directions)('what the %s backend wrote, the other reads', (_name, writer, reader) => {
  test('sealed boxes, and none that was changed', async () => {
    const secret = await writer.DecryptKey.generate('X25519');
    const sealer = writer.EncryptKey.parse(secret.encryptKey.fields);
    const opener = reader.DecryptKey.parse(secret.fields);
    await fc.assert(
      fc.asyncProperty(message, byteChange, async (bytes, change) => {
        const box = await sealer.encrypt(bytes);
        expect(await opener.decrypt(box)).toEqual(bytes);
        expect(await failureCode(() => opener.decrypt(change(box)))).toBe('CRYPTO_DECRYPT');
      }),
      RUNS,
    );
  });

  test.each([
    ['XSALSA20-POLY1305', 256],
    ['AES-GCM', 256],
    ['AES-GCM', 192],
    ['AES-GCM', 128],
  ])('messages of %s, %i bits, and none that was changed', async (algorithm, bits) => {
    const sealer = await writer.SymmetricKey.generate(algorithm, { bits });
    const opener = reader.SymmetricKey.parse(sealer.fields);
    await fc.assert(
      fc.asyncProperty(message, byteChange, async (bytes, change) => {
        const { ciphertext, extra } = await sealer.encrypt(bytes);
        expect(await opener.decrypt(ciphertext, extra)).toEqual(bytes);
        const iv = toBase64(change(Buffer.from(textIn(extra, 'IV'), 'base64')));
        expect(await failureCode(() => opener.decrypt(change(ciphertext), extra))).toBe('CRYPTO_DECRYPT');
        expect(await failureCode(() => opener.decrypt(ciphertext, { IV: iv }))).toBe('CRYPTO_DECRYPT');
      }),
      RUNS,
    );
  });
});

describe.each(subjects)('on the %s backend', (_name, subject) => {
  test('bytes of another realm do', async () => {
    // A page has one realm a frame. Tests run in a realm of their own, whose Uint8Array is shared: this one's is not.
    const foreign = runInContext('new Uint8Array([1, 2, 3])', createContext()) as Uint8Array;
    expect(foreign).not.toBeInstanceOf(Uint8Array);
    const sign = await subject.PrivateKey.generate('ED25519');
    expect(await sign.publicKey.verify(Uint8Array.of(1, 2, 3), await sign.sign(foreign))).toBe(true);
    expect(await sign.publicKey.verify(foreign, await sign.sign(Uint8Array.of(1, 2, 3)))).toBe(true);
    const box = await subject.DecryptKey.generate('X25519');
    expect(await box.decrypt(await box.encryptKey.encrypt(foreign))).toEqual(Uint8Array.of(1, 2, 3));
    for (const algorithm of ['XSALSA20-POLY1305', 'AES-GCM']) {
      const key = await subject.SymmetricKey.generate(algorithm);
      const { ciphertext, extra } = await key.encrypt(foreign);
      expect(await key.decrypt(ciphertext, extra)).toEqual(Uint8Array.of(1, 2, 3));
    }
  });
});

test('the two plugins stand side by side, and each key has its algorithm', async () => {
  const context = createIdentityContext({ plugins: [standardPlugin(), modernPlugin()] });
  const names = ['RSA', 'ECC', 'AES', 'PLAIN', 'ED25519', 'X25519', 'XSALSA20-POLY1305', 'AES-GCM'];
  expect(context.algorithms).toEqual(names);
  expect((await context.PrivateKey.generate('ED25519')).algorithm).toBe('ED25519');
  expect((await context.DecryptKey.generate('X25519')).encryptKey.algorithm).toBe('X25519');
});

describe('an identity with an ED25519 key', () => {
  const context = createIdentityContext({ plugins: [standardPlugin(), modernPlugin()] });

  test.each([
    ['MKM', 'hulk'],
    ['BTC', undefined],
  ])('has metas of type %s', async (type, seed) => {
    const privateKey = await context.PrivateKey.generate('ED25519');
    const meta = await context.Meta.generate({ type, privateKey, ...(seed !== undefined && { seed }) });
    const read = context.Meta.parse(JSON.parse(JSON.stringify(meta)));
    expect(await read.verify()).toBe(true);
    expect(read.matches(context.ID.parse(meta.id().toString()))).toBe(true);
    expect(read.publicKey.data).toEqual(privateKey.publicKey.data);
  });

  test('has none of type ETH, whose addresses are of ECC keys', async () => {
    const privateKey = await context.PrivateKey.generate('ED25519');
    expect(await failureCode(() => context.Meta.generate({ type: 'ETH', privateKey }))).toBe('INPUT_KEY key');
  });

  test('signs documents', async () => {
    const privateKey = await context.PrivateKey.generate('ED25519');
    const meta = await context.Meta.generate({ type: 'BTC', privateKey });
    const key = (await context.DecryptKey.generate('X25519')).encryptKey;
    const visa = await context.Document.create({ type: 'visa', did: meta.id(), properties: { key } }).sign(privateKey);
    const read = context.Document.parse(JSON.parse(JSON.stringify(visa)));
    expect(await read.verify(meta.publicKey)).toBe(true);
    expect(await read.verify((await context.PrivateKey.generate('ED25519')).publicKey)).toBe(false);
  });
});

describe('who does not ask for modern keys does not load them', () => {
  const source = new URL('../../src/', import.meta.url);

  /** All that a file imports, and what that imports; packages by their names. */
  function importsOf(path: string, seen = new Set<string>()): Set<string> {
    for (const [, name = ''] of readFileSync(new URL(path, source), 'utf8').matchAll(/ from '([^']+)'/g)) {
      const found = name.startsWith('.') ? new URL(name, new URL(path, source)).pathname : name;
      const isNew = !seen.has(found);
      seen.add(found);
      if (isNew && name.startsWith('.')) importsOf(found.slice(source.pathname.length), seen);
    }
    return seen;
  }

  test.each(['index.ts', 'coding.ts', 'backend/native/index.ts', 'backend/portable/index.ts'])('%s', (path) => {
    const found = [...importsOf(path)].join('\n');
    expect(found).toContain('mkm');
    expect(found).not.toMatch(/tweetnacl|modern-plugin|modern\.ts|x25519\.ts|ed25519/);
  });

  test('modern-plugin.ts does, so the search finds them', () => {
    expect([...importsOf('modern-plugin.ts')].join('\n')).toMatch(/x25519\.ts/);
    expect([...importsOf('backend/portable/modern.ts')]).toContain('tweetnacl');
  });
});

test('an empty message is a message', async () => {
  const key = await one.SymmetricKey.generate('XSALSA20-POLY1305');
  const { ciphertext, extra } = await key.encrypt(utf8(''));
  expect(await other.SymmetricKey.parse(key.fields).decrypt(ciphertext, extra)).toHaveLength(0);
});
