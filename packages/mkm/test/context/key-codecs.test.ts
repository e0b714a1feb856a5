/** Each kind of key is read by the codec of what it can do. */
import { describe, expect, test } from '@jest/globals';
import { canDecrypt, canEncrypt, canSign, canVerify, createIdentityContext } from '../../src/index.ts';
import { demoPlugin, errorOf } from '../demo-plugin.ts';
import { boxes } from './boxes.ts';

const context = createIdentityContext({ plugins: [demoPlugin, boxes] });
const { EncryptKey, DecryptKey, PublicKey, PrivateKey, SymmetricKey } = context;
const box = { algorithm: 'BOX', data: 'mine' };

describe('keys that only encrypt', () => {
  test('encrypt and decrypt', async () => {
    const opened = DecryptKey.parse(box);
    const sealed = await EncryptKey.parse(opened.encryptKey.toJSON()).encrypt(Uint8Array.of(1, 2));
    expect(await opened.decrypt(sealed)).toEqual(Uint8Array.of(1, 2));
    expect((await DecryptKey.generate('BOX')).encryptKey.toJSON()).toEqual({ algorithm: 'BOX', data: 'public new' });
  });

  test('neither verify nor sign, and say so', async () => {
    const opened = DecryptKey.parse(box);
    expect([canSign(opened), canDecrypt(opened)]).toEqual([false, true]);
    expect([canVerify(opened.encryptKey), canEncrypt(opened.encryptKey)]).toEqual([false, true]);
    const wanted = { code: 'UNSUPPORTED_ALGORITHM', path: 'algorithm' };
    const noPublic = 'no plugin has BOX for public keys, only TEST25519';
    const noPrivate = 'no plugin has BOX for private keys, only TEST25519';
    expect(errorOf(() => PublicKey.parse(box))).toMatchObject({ ...wanted, reason: noPublic });
    expect(errorOf(() => PrivateKey.parse(box))).toMatchObject({ ...wanted, reason: noPrivate });
    await expect(PrivateKey.generate('BOX')).rejects.toMatchObject({ ...wanted, path: '', reason: noPrivate });
  });

  test('an algorithm that nobody has is named where the caller wrote it, and not where a peer did', async () => {
    const reason = 'no plugin has test25519 for private keys, only TEST25519';
    await expect(PrivateKey.generate('test25519')).rejects.toMatchObject({ code: 'UNSUPPORTED_ALGORITHM', reason });
    expect(errorOf(() => PrivateKey.parse({ algorithm: 'secret', data: '' })).message).not.toContain('secret');
    const bare = createIdentityContext({ plugins: [] });
    await expect(bare.PrivateKey.generate('RSA')).rejects.toMatchObject({
      reason: 'no plugin has RSA for private keys',
    });
  });

  test.each([
    [undefined, 'must be a map, not nothing'],
    ['{"algorithm":"TEST25519"}', 'must be a map, not text: JSON.parse it first'],
    ['TEST25519', 'must be a map, not text'],
    [() => box, 'must be a map, not a function'],
  ])('%p is no map, and the error says so', (input, reason) => {
    expect(errorOf(() => SymmetricKey.parse(input))).toMatchObject({ code: 'INPUT_TYPE', reason });
  });
});

describe('keys that also verify', () => {
  test('are keys that encrypt where they can', async () => {
    const { publicKey } = await PrivateKey.generate('TEST25519');
    expect(EncryptKey.parse(publicKey.toJSON()).toJSON()).toEqual(publicKey.toJSON());
    expect([canVerify(publicKey), canEncrypt(publicKey)]).toEqual([true, true]);
  });

  test('are refused where they cannot', async () => {
    await expect(DecryptKey.generate('TEST25519')).rejects.toMatchObject({
      code: 'UNSUPPORTED_ALGORITHM',
      reason: 'TEST25519 keys are no decryption keys',
    });
  });
});

test('a key object is taken as it is', () => {
  const opened = DecryptKey.parse(box);
  expect(DecryptKey.parse(opened)).toBe(opened);
  expect(EncryptKey.parse(opened.encryptKey)).toBe(opened.encryptKey);
  expect(errorOf(() => SymmetricKey.parse(opened.encryptKey)).code).toMatch(/^(INPUT|UNSUPPORTED)_/);
});

test('a context names its algorithms in the order of the plugins', () => {
  expect(context.algorithms).toEqual(['TEST25519', 'BOX']);
  expect(Object.isFrozen(context.algorithms)).toBe(true);
});
