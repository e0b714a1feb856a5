/** Visas: the key to encrypt to, the avatar, and the terminal that they are for. */
import { expect, test } from '@jest/globals';
import { createIdentityContext, defineKeyAlgorithm, definePlugin, type PublicKey, type Visa } from '../../src/index.ts';
import type { NewFields } from '../../src/extend.ts';
import { context as demo, demoPlugin, errorOf, USER } from '../demo-plugin.ts';

/** A key that only verifies. */
const signingOnly = defineKeyAlgorithm({
  algorithm: 'SIGNS_ONLY',
  publicKey: {
    read: (fields): PublicKey => ({
      algorithm: 'SIGNS_ONLY',
      fields,
      data: new Uint8Array(),
      verify: () => false,
      toJSON: () => fields,
    }),
  },
});
const context = createIdentityContext({ plugins: [demoPlugin, definePlugin('signing', [signingOnly])] });
const read = (properties: object, did = USER): Visa =>
  context.Document.parse({ did, type: 'visa', data: JSON.stringify(properties) }) as Visa;

test('the key is read once', async () => {
  const key = (await demo.PrivateKey.generate('TEST25519')).publicKey;
  const visa = read({ key: key.fields });
  expect(visa.encryptKey?.toJSON()).toEqual(key.fields);
  expect(visa.encryptKey).toBe(visa.encryptKey);
});

test('a visa without a key has none', () => {
  expect([read({}).encryptKey, read({ key: null }).encryptKey]).toEqual([undefined, undefined]);
});

test.each([
  ['a text', 'abc', 'INPUT_TYPE', 'data.key'],
  ['a map without an algorithm', {}, 'INPUT_MISSING', 'data.key.algorithm'],
  ['of an unknown algorithm', { algorithm: 'NOPE' }, 'UNSUPPORTED_ALGORITHM', 'data.key.algorithm'],
  ['one that only verifies', { algorithm: 'SIGNS_ONLY' }, 'UNSUPPORTED_ALGORITHM', 'data.key.algorithm'],
])('%s is no key of a visa', (_what, key, code, path) => {
  expect(errorOf(() => read({ key }).encryptKey)).toMatchObject({ code, path });
});

test('a wrong key is an error among all keys, too', () => {
  expect(errorOf(() => read({ key: 'abc' }).encryptKeys)).toMatchObject({ code: 'INPUT_TYPE', path: 'data.key' });
});

test('the first algorithm must be text, like any other', () => {
  expect(errorOf(() => read({ algorithms: [5] }).algorithms)).toMatchObject({
    code: 'INPUT_TYPE',
    path: 'data.algorithms[0]',
  });
});

test('an avatar is a file, or nothing', () => {
  expect(read({ avatar: 'https://example.com/a.png' }).avatar?.url).toBe('https://example.com/a.png');
  expect([{}, { avatar: null }, { avatar: '' }].map((none) => read(none).avatar)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(errorOf(() => read({ avatar: 5 }).avatar)).toMatchObject({ code: 'INPUT_TYPE', path: 'data.avatar' });
});

test('the terminal is that of the signed ID, in any of its names', () => {
  for (const name of ['did', 'ID']) expect(read({ [name]: `${USER}/phone` }).terminal).toBe('phone');
  expect(read({ ID: `${USER}/phone`, terminal: 'tv' }).terminal).toBe('phone');
  expect(read({ ID: USER, terminal: 'tv' }).terminal).toBe('tv');
});

test('without a terminal, or with one that says all, a visa is for all', () => {
  for (const properties of [{}, { terminal: '' }, { terminal: '*' }]) expect(read(properties).terminal).toBeUndefined();
  // What is signed goes before the ID, here too.
  expect(read({ terminal: '' }, `${USER}/phone`).terminal).toBeUndefined();
});

test.each<[string, unknown, string]>([
  ['no text', 5, 'INPUT_TYPE'],
  ['text with a blank', 'my phone', 'INPUT_FORMAT'],
  ['text with a separator', 'a/b', 'INPUT_FORMAT'],
  ['text that nobody sees', '\u200b', 'INPUT_FORMAT'],
  ['longer than an ID', 'x'.repeat(context.limits.idLength), 'INPUT_LIMIT'],
])('a visa whose terminal is %s is not read, as no ID can have it', (_what, terminal, code) => {
  expect(errorOf(() => read({ terminal }))).toMatchObject({ code, path: 'data.terminal' });
  expect(errorOf(() => read({ did: USER, terminal }))).toMatchObject({ code, path: 'data.terminal' });
});

test('nobody signs a visa for such a terminal', async () => {
  const identity = await context.PrivateKey.generate('TEST25519');
  const did = context.ID.parse(USER);
  const draft = context.Document.create({ type: 'visa', did, properties: { terminal: 'my phone' } });
  await expect(draft.sign(identity)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path: 'data.terminal' });
});

test('no secret key is signed in a document, nor what is no key to encrypt to', async () => {
  const identity = await context.PrivateKey.generate('TEST25519');
  const did = context.ID.parse(USER);
  const draftOf = (properties: NewFields) => context.Document.create({ type: 'visa', did, properties });
  const decrypts = { ...identity, toJSON: () => identity.fields, sign: undefined, decrypt: () => new Uint8Array() };
  for (const secret of [identity, decrypts])
    for (const [properties, path] of [
      [{ key: secret }, 'key'],
      [{ keys: [secret] }, 'keys[0]'],
      [{ app: { spare: secret } }, 'app.spare'],
    ] as const)
      expect(errorOf(() => draftOf(properties))).toMatchObject({
        code: 'USAGE_ARGUMENT',
        path,
        reason: 'is a secret key, which others would have: take its publicKey or encryptKey',
      });
  await expect(draftOf({ key: { algorithm: 'TEST25519', data: 5 } }).sign(identity)).rejects.toMatchObject({
    code: 'USAGE_ARGUMENT',
    path: 'data.key.data',
  });
  await expect(draftOf({ key: { algorithm: 'NEWER' } }).sign(identity)).resolves.toMatchObject({ type: 'visa' });
});
