/** RSA decryption with implicit rejection: a wrong padding is answered, and its answer tells nothing. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { PrivateKey as AnyPrivateKey } from 'mkm';
import { implicitRejection } from '../../../src/keys/rsa/rsa-padding.ts';
import { at, failure, hex, present, PrivateKey, readJson, rsaVectors, toHex } from '../../fixtures.ts';

interface Vectors {
  readonly keys: readonly {
    readonly bits: number;
    readonly private_key: string;
    readonly cases: readonly {
      readonly name: string;
      readonly padding_is_valid: boolean;
      readonly ciphertext_hex: string;
      readonly plaintext_hex: string;
    }[];
  }[];
}

const { keys } = readJson(new URL('./implicit-rejection.json', import.meta.url)) as Vectors;

const decryptWith = async (key: AnyPrivateKey, ciphertext: Uint8Array): Promise<Uint8Array> =>
  present(key.decrypt).call(key, ciphertext);

describe.each(keys)('RSA decryption with implicit rejection, $bits bits', ({ bits, private_key, cases }) => {
  const decrypt = async (ciphertext: Uint8Array): Promise<Uint8Array> =>
    decryptWith(PrivateKey.parse({ algorithm: 'RSA', data: private_key }), ciphertext);

  test.each(cases)('$name', async ({ ciphertext_hex, plaintext_hex }) => {
    expect(toHex(await decrypt(hex(ciphertext_hex)))).toBe(plaintext_hex);
  });

  test('a wrong padding never fails, is always answered the same, and differs between ciphertexts', async () => {
    const wrong = cases.filter((vector) => !vector.padding_is_valid);
    const answers = await Promise.all(wrong.map(async (vector) => toHex(await decrypt(hex(vector.ciphertext_hex)))));
    expect(await Promise.all(wrong.map(async (vector) => toHex(await decrypt(hex(vector.ciphertext_hex)))))).toEqual(
      answers,
    );
    expect(new Set(answers).size).toBe(wrong.length);
  });

  test('only what everyone can see is an error: the length and the range', async () => {
    const valid = hex(at(cases, 0).ciphertext_hex);
    const wrong = [
      valid.subarray(1),
      new Uint8Array(),
      new Uint8Array(bits / 8 + 1),
      new Uint8Array(bits / 8).fill(255),
    ];
    const errors = await Promise.all(wrong.map((ciphertext) => failure(() => decrypt(ciphertext))));
    expect(new Set(errors.map(({ code, message }) => `${code} ${message}`)).size).toBe(1);
    expect(at(errors, 0).code).toBe('CRYPTO_DECRYPT');
  });
});

test('two keys answer a wrong padding differently', async () => {
  const ciphertext = new Uint8Array(128).fill(9, 1);
  const answers = [at(rsaVectors, 0), at(rsaVectors, 1)].map(async (vector) =>
    toHex(await decryptWith(PrivateKey.parse(vector.private), ciphertext)),
  );
  const [one, other] = await Promise.all(answers);
  expect(one).not.toBe(other);
});

describe('the answer to a wrong padding, as the draft says in plain words', () => {
  const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());
  const hmac = (key: Uint8Array, data: Uint8Array): Buffer => createHmac('sha256', key).update(data).digest();

  function prf(key: Uint8Array, label: string, bytes: number): Buffer {
    const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) => {
      const input = Buffer.alloc(label.length + 4);
      input.writeUInt16BE(index, 0);
      input.write(label, 2);
      input.writeUInt16BE(bytes * 8, label.length + 2);
      return hmac(key, input);
    });
    return Buffer.concat(blocks).subarray(0, bytes);
  }

  function answer(exponent: Uint8Array, length: number, ciphertext: Uint8Array): string {
    const padded = Buffer.concat([new Uint8Array(length - exponent.length), exponent]);
    const key = hmac(sha256(padded), ciphertext);
    const lengths = prf(key, 'length', 256);
    const mask = Number(`0b${'1'.repeat((length - 10).toString(2).length)}`);
    let chosen = 0;
    for (let offset = 0; offset < 256; offset += 2) {
      const candidate = lengths.readUInt16BE(offset) & mask;
      if (candidate < length - 10) chosen = candidate;
    }
    return prf(key, 'message', length)
      .subarray(length - chosen)
      .toString('hex');
  }

  test.each([128, 129, 257, 266, 267, 512, 1024])('for a modulus of %d bytes', (length) => {
    for (let seed = 0; seed < 4; seed++) {
      const exponent = new Uint8Array(length - seed).fill(seed + 1);
      const ciphertext = new Uint8Array(length).fill(seed);
      const unpadded = implicitRejection(sha256, exponent, length)(new Uint8Array(length).fill(1), ciphertext);
      expect(toHex(unpadded)).toBe(answer(exponent, length, ciphertext));
    }
  });
});
