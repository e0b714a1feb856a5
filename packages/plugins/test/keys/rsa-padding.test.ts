import { describe, expect, test } from '@jest/globals';
import { at, failure, hex, present, PrivateKey, readJson, toHex, utf8 } from '../fixtures.ts';

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

describe.each(keys)('RSA decryption with implicit rejection, $bits bits', ({ bits, private_key, cases }) => {
  const key = PrivateKey.parse({ algorithm: 'RSA', data: private_key });
  const decrypt = async (ciphertext: Uint8Array): Promise<Uint8Array> => present(key.decrypt).call(key, ciphertext);

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

  test('another key gives another answer', async () => {
    const other = await PrivateKey.generate('RSA', { bits });
    const ciphertext = new Uint8Array(await present(key.publicKey.encrypt).call(key.publicKey, utf8('secret')));
    ciphertext[0] = 0;
    expect(toHex(await present(other.decrypt).call(other, ciphertext))).not.toBe(toHex(await decrypt(ciphertext)));
  });
});
