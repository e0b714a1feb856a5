/** Real peers: libsodium and tweetnacl open, decrypt and verify what comes from here, and the other way round. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DecryptKey, PrivateKey, SymmetricKey } from 'mkm';
import sodium, { ready } from 'libsodium-wrappers';
import nacl from 'tweetnacl';
import { base64, failureCode, textIn, toBase64, utf8 } from '../fixtures.ts';
import { boxByHand, openByHand } from './boxes-by-hand.ts';
import { mapOf, subjects } from './subjects.ts';

await ready;

const RUNS = { numRuns: 20 };
const message = fc.uint8Array({ maxLength: 500, size: 'max' });
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe.each(subjects)(
  'on the %s backend',
  (_name, { PrivateKey, PublicKey, SymmetricKey, EncryptKey, DecryptKey }) => {
    describe('Ed25519', () => {
      test('libsodium and tweetnacl verify our signatures, and make the same ones', async () => {
        await fc.assert(
          fc.asyncProperty(key, message, async (seed, bytes) => {
            const ours: PrivateKey = PrivateKey.parse(mapOf('ED25519', seed));
            const theirs = sodium.crypto_sign_seed_keypair(seed);
            const signature = await ours.sign(bytes);
            expect(ours.publicKey.data).toEqual(theirs.publicKey);
            expect(sodium.crypto_sign_verify_detached(signature, bytes, ours.publicKey.data)).toBe(true);
            expect(nacl.sign.detached.verify(bytes, signature, ours.publicKey.data)).toBe(true);
            expect(sodium.crypto_sign_detached(bytes, theirs.privateKey)).toEqual(signature);
          }),
          RUNS,
        );
      });

      test('we verify theirs', async () => {
        await fc.assert(
          fc.asyncProperty(message, async (bytes) => {
            const { publicKey, privateKey } = sodium.crypto_sign_keypair();
            const theirs = PublicKey.parse(mapOf('ED25519', publicKey));
            const tweet = nacl.sign.keyPair();
            const tweetKey = PublicKey.parse(mapOf('ED25519', tweet.publicKey));
            expect(await theirs.verify(bytes, sodium.crypto_sign_detached(bytes, privateKey))).toBe(true);
            expect(await tweetKey.verify(bytes, nacl.sign.detached(bytes, tweet.secretKey))).toBe(true);
          }),
          RUNS,
        );
      });

      test('their private keys are read as they are: seed and public key', async () => {
        for (const bytes of [sodium.crypto_sign_keypair().privateKey, nacl.sign.keyPair().secretKey]) {
          const ours = PrivateKey.parse(mapOf('ED25519', bytes));
          const hello = utf8('Hello');
          expect(ours.publicKey.data).toEqual(bytes.slice(32));
          expect(await ours.sign(hello)).toEqual(sodium.crypto_sign_detached(hello, bytes));
        }
      });
    });

    describe('X25519', () => {
      let ours: DecryptKey;
      let scalar: Uint8Array;
      let publicKey: Uint8Array;

      beforeAll(async () => {
        ours = await DecryptKey.generate('X25519');
        scalar = base64(textIn(ours.fields, 'data'));
        publicKey = base64(textIn(ours.encryptKey.fields, 'data'));
      });

      test('the public key of a private one is theirs', () => {
        expect(publicKey).toEqual(sodium.crypto_scalarmult_base(scalar));
        expect(publicKey).toEqual(nacl.scalarMult.base(scalar));
      });

      test('libsodium opens our sealed boxes', async () => {
        await fc.assert(
          fc.asyncProperty(message, async (bytes) => {
            const box = await ours.encryptKey.encrypt(bytes);
            expect(sodium.crypto_box_seal_open(box, publicKey, scalar)).toEqual(bytes);
          }),
          RUNS,
        );
      });

      test('we open those of libsodium', async () => {
        await fc.assert(
          fc.asyncProperty(message, async (bytes) => {
            expect(await ours.decrypt(sodium.crypto_box_seal(bytes, publicKey))).toEqual(bytes);
          }),
          RUNS,
        );
      });

      test('sealed boxes of a key pair that libsodium made', async () => {
        const theirs = sodium.crypto_box_keypair();
        const hello = utf8('Hello');
        const box = await EncryptKey.parse(mapOf('X25519', theirs.publicKey)).encrypt(hello);
        expect(sodium.crypto_box_seal_open(box, theirs.publicKey, theirs.privateKey)).toEqual(hello);
        const read = DecryptKey.parse(mapOf('X25519', theirs.privateKey));
        expect(await read.decrypt(sodium.crypto_box_seal(hello, theirs.publicKey))).toEqual(hello);
      });

      test('boxes of tweetnacl, put together by hand, both ways', async () => {
        await fc.assert(
          fc.asyncProperty(message, async (bytes) => {
            const { publicKey: ephemeral } = nacl.box.keyPair();
            expect(await ours.decrypt(boxByHand(ephemeral, scalar, bytes))).toEqual(bytes);
            expect(openByHand(await ours.encryptKey.encrypt(bytes), scalar)).toEqual(bytes);
          }),
          RUNS,
        );
      });

      test('a box that libsodium refuses is refused here', async () => {
        const box = sodium.crypto_box_seal(utf8('Hello'), publicKey);
        for (const index of [0, 31, 32, 47, 48, box.length - 1]) {
          const changed = new Uint8Array(box);
          changed[index] = (box[index] ?? 0) ^ 1;
          expect(() => sodium.crypto_box_seal_open(changed, publicKey, scalar)).toThrow(
            'incorrect key pair for the given ciphertext',
          );
          expect(await failureCode(() => ours.decrypt(changed))).toBe('CRYPTO_DECRYPT');
        }
      });
    });

    describe('XSalsa20-Poly1305', () => {
      test('libsodium and tweetnacl open our secretboxes', async () => {
        await fc.assert(
          fc.asyncProperty(key, message, async (secret, bytes) => {
            const ours: SymmetricKey = SymmetricKey.parse(mapOf('XSALSA20-POLY1305', secret));
            const { ciphertext, extra } = await ours.encrypt(bytes);
            const nonce = base64(textIn(extra, 'IV'));
            expect(sodium.crypto_secretbox_open_easy(ciphertext, nonce, secret)).toEqual(bytes);
            expect(nacl.secretbox.open(ciphertext, nonce, secret)).toEqual(bytes);
          }),
          RUNS,
        );
      });

      test('we open theirs', async () => {
        const nonceBytes = fc.uint8Array({ minLength: 24, maxLength: 24 });
        await fc.assert(
          fc.asyncProperty(key, nonceBytes, message, async (secret, nonce, bytes) => {
            const ours = SymmetricKey.parse(mapOf('XSALSA20-POLY1305', secret));
            const extra = { IV: toBase64(nonce) };
            expect(await ours.decrypt(sodium.crypto_secretbox_easy(bytes, nonce, secret), extra)).toEqual(bytes);
            expect(await ours.decrypt(nacl.secretbox(bytes, nonce, secret), extra)).toEqual(bytes);
          }),
          RUNS,
        );
      });
    });
  },
);
