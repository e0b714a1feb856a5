import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  canDecrypt,
  canEncrypt,
  DimError,
  type DecryptKey,
  type EncryptKey,
  type PublicKey,
  type SymmetricKey,
} from 'mkm';
import { textOf } from 'mkm/extend';
import { byteChange } from '../../../../tests/support/changes.ts';
import { aesKey, characterChange, context, makeKeys, message, mutated, unknownFields } from './arbitraries.ts';
import { assertContract, freeze } from '../../../../tests/support/codec-contract.ts';

const keys = await makeKeys();
const signers = [
  ['ECC', ...keys.ECC],
  ['RSA', ...keys.RSA],
] as const;
const CRYPTO = { numRuns: 30 };
const { PrivateKey, PublicKey, SymmetricKey } = context;

/** What decryption gives: the bytes, or the code of the DimError. */
async function decrypted(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DimError) return error.code;
    throw error;
  }
}

describe.each(signers)('%s keys', (algorithm, key, other) => {
  test('what a key signs its own public key verifies, and no other one', async () => {
    await fc.assert(
      fc.asyncProperty(message, async (bytes) => {
        const signature = await key.sign(bytes);
        expect(await key.publicKey.verify(bytes, signature)).toBe(true);
        expect(await other.publicKey.verify(bytes, signature)).toBe(false);
      }),
      CRYPTO,
    );
  });

  test('one changed byte of the message or of the signature, or a longer or shorter one, does not verify', async () => {
    await fc.assert(
      fc.asyncProperty(message, byteChange, async (bytes, change) => {
        const signature = await key.sign(bytes);
        const verify = (one: Uint8Array, two: Uint8Array): unknown => key.publicKey.verify(one, two);
        expect(await verify(bytes, change(signature))).toBe(false);
        if (bytes.length > 0) expect(await verify(change(bytes), signature)).toBe(false);
        expect(await verify(Uint8Array.of(...bytes, 0), signature)).toBe(false);
        expect(await verify(bytes, Uint8Array.of(...signature, 0))).toBe(false);
        expect(await verify(bytes, Uint8Array.of(0, ...signature))).toBe(false);
        expect(await verify(bytes, signature.subarray(1))).toBe(false);
        expect(await verify(bytes, signature.subarray(0, -1))).toBe(false);
      }),
      CRYPTO,
    );
  });

  test('any bytes are no signature', async () => {
    await fc.assert(
      fc.asyncProperty(message, fc.uint8Array({ maxLength: 140 }), async (bytes, signature) => {
        expect(await key.publicKey.verify(bytes, signature)).toBe(false);
      }),
      CRYPTO,
    );
  });

  test('a key map keeps unknown fields and is the same key after a round trip', async () => {
    await fc.assert(
      fc.asyncProperty(unknownFields, message, async (unknown, bytes) => {
        const fields = freeze({ ...unknown, ...key.fields });
        const read = PrivateKey.parse(fields);
        expect(JSON.stringify(read)).toBe(JSON.stringify(fields));
        const publicFields = freeze({ ...unknown, ...read.publicKey.fields });
        const publicKey = PublicKey.parse(publicFields);
        expect(JSON.stringify(publicKey)).toBe(JSON.stringify(publicFields));
        expect(publicKey.data).toEqual(key.publicKey.data);
        expect(await publicKey.verify(bytes, await read.sign(bytes))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('one changed character of a private key is refused, or changes nothing of the key', () => {
    fc.assert(
      fc.property(characterChange('ABCDabcd0123+/=- \n'), (edit) => {
        const text = textOf(key.fields, 'data');
        const changed = edit(text);
        // White space says nothing: only what it stands between does.
        fc.pre(changed.replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, ''));
        const read = PrivateKey.tryParse({ ...key.fields, data: changed });
        // Writers say version 0 or 1 of PKCS#8 for one and the same content.
        if (read !== undefined) expect(read.publicKey.data).toEqual(key.publicKey.data);
      }),
      { numRuns: 150, examples: [[(text) => text.replace('MIGEAgEA', 'MIGEAgEB')]] },
    );
  });

  test('one changed character of a public key is refused, or makes another key', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const signature = await key.sign(bytes);
    await fc.assert(
      fc.asyncProperty(characterChange('ABCDabcd0123+/=- \n'), async (edit) => {
        // Up to the last dash: what comes after the block says nothing.
        const text = textOf(key.publicKey.fields, 'data').trimEnd();
        const changed = edit(text);
        fc.pre(changed.replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, ''));
        const read = PublicKey.tryParse({ ...key.publicKey.fields, data: changed });
        if (read === undefined) return;
        expect(read.data).not.toEqual(key.publicKey.data);
        expect(await read.verify(bytes, signature)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('a key map with something wrong is refused with one answer', () => {
    assertContract(PrivateKey, fc.oneof(fc.anything(), mutated(fc.constant(key.fields))), 100);
    assertContract(PublicKey, fc.oneof(fc.anything(), mutated(fc.constant(key.publicKey.fields))), 100);
    expect(PublicKey.tryParse(key.fields)).toBeUndefined();
    expect(PrivateKey.tryParse(key.publicKey.fields)).toBeUndefined();
    expect(SymmetricKey.safeParse({ algorithm })).toMatchObject({ error: { code: 'UNSUPPORTED_ALGORITHM' } });
  });
});

describe('RSA encryption', () => {
  const [key, other] = keys.RSA.map((pair) => pair as typeof pair & DecryptKey);
  const publicKey = key?.publicKey as PublicKey & EncryptKey;

  test('each length that fits comes back, and one more is a mistake of the caller', async () => {
    expect([canEncrypt(publicKey), key && canDecrypt(key)]).toEqual([true, true]);
    for (const length of [...Array(71).keys(), 116, 117]) {
      const plaintext = new Uint8Array(length).map((_, index) => index * 7);
      expect(await key?.decrypt(await publicKey.encrypt(plaintext))).toEqual(plaintext);
    }
    expect(await decrypted(() => publicKey.encrypt(new Uint8Array(118)))).toBe('USAGE_ARGUMENT');
  });

  test('one changed byte, or another key, gives other bytes or the one error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 16, maxLength: 117 }), byteChange, async (plaintext, change) => {
        const ciphertext = await publicKey.encrypt(plaintext);
        for (const result of [
          await decrypted(() => key?.decrypt(change(ciphertext))),
          await decrypted(() => other?.decrypt(ciphertext)),
        ]) {
          expect(result).not.toEqual(plaintext);
          if (!(result instanceof Uint8Array)) expect(result).toBe('CRYPTO_DECRYPT');
        }
      }),
      CRYPTO,
    );
  });
});

describe('symmetric keys', () => {
  const plain = SymmetricKey.parse({ algorithm: 'PLAIN' });

  test('each length comes back, with a fresh IV each time', async () => {
    const key = await SymmetricKey.generate('AES');
    const ivs = new Set<unknown>();
    for (let length = 0; length <= 70; length++) {
      const plaintext = new Uint8Array(length).map((_, index) => index * 11);
      for (const one of [key, plain]) {
        const { ciphertext, extra } = await one.encrypt(plaintext);
        expect(await one.decrypt(ciphertext, extra)).toEqual(plaintext);
        if (one === key) ivs.add(extra['IV']);
      }
    }
    expect(ivs.size).toBe(71);
  });

  test('any key map and any message: the message comes back after the key and the extra fields travelled', async () => {
    await fc.assert(
      fc.asyncProperty(aesKey, unknownFields, fc.uint8Array({ maxLength: 300 }), async (map, unknown, plaintext) => {
        const fields = freeze({ ...unknown, ...map });
        const key: SymmetricKey = SymmetricKey.parse(fields);
        expect(JSON.stringify(key)).toBe(JSON.stringify(fields));
        const { ciphertext, extra } = await key.encrypt(plaintext);
        const reader = SymmetricKey.parse(JSON.parse(JSON.stringify(key)));
        expect(await reader.decrypt(ciphertext, { sender: 'x', ...extra })).toEqual(plaintext);
      }),
    );
  });

  test('one changed byte of ciphertext, IV or key gives other bytes or the one error: CBC alone proves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        aesKey,
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        byteChange,
        async (map, plaintext, change) => {
          const key = SymmetricKey.parse(map);
          const { ciphertext, extra } = await key.encrypt(plaintext);
          const edit = (text: unknown): string =>
            Buffer.from(change(Buffer.from(String(text), 'base64'))).toString('base64');
          const otherKey = SymmetricKey.parse({ ...map, data: edit(map['data']) });
          for (const result of [
            await decrypted(() => key.decrypt(change(ciphertext), extra)),
            await decrypted(() => key.decrypt(ciphertext, { IV: edit(extra['IV']) })),
            await decrypted(() => otherKey.decrypt(ciphertext, extra)),
          ]) {
            expect(result).not.toEqual(plaintext);
            if (!(result instanceof Uint8Array)) expect(result).toBe('CRYPTO_DECRYPT');
          }
        },
      ),
    );
  });

  test('a key map with something wrong is refused with one answer', () => {
    assertContract(SymmetricKey, fc.oneof(fc.anything(), mutated(aesKey)), 200);
  });
});
