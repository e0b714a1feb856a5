/** `symmetric-keys.json`: AES-CBC ciphertexts with the IV in the message, in the key, or nowhere; and PLAIN. */
import assert from 'node:assert/strict';
import { type JsonMap } from 'dimp';
import { decodeBase64 } from 'dimp/extend';
import { decodeHex, encodeHex } from 'dimplugins/coding';
import { dim } from '../dim.ts';
import type { Check, Suite } from '../suite.ts';

interface Case {
  readonly key: object;
  readonly extra: JsonMap;
  readonly plaintext_hex: string;
  readonly ciphertext: string;
  readonly key_with_iv?: object;
}

export const symmetricKeys: Suite = (file) => {
  const { cases, plain } = file as { cases: Case[]; plain?: { key: object } };
  const checks: Check[] = cases.map((vector, index) => ({ name: `AES ${index}`, run: () => checkAes(vector) }));
  if (plain !== undefined) checks.push({ name: 'PLAIN', run: () => checkPlain(plain.key) });
  return checks;
};

async function checkAes(vector: Case): Promise<void> {
  const key = dim.SymmetricKey.parse(vector.key);
  const ciphertext = decodeBase64(vector.ciphertext);
  assert.equal(encodeHex(await key.decrypt(ciphertext, vector.extra)), vector.plaintext_hex);
  if (vector.key_with_iv !== undefined) {
    const older = dim.SymmetricKey.parse(vector.key_with_iv);
    assert.equal(encodeHex(await older.decrypt(ciphertext, {})), vector.plaintext_hex);
  }
  const own = await key.encrypt(decodeHex(vector.plaintext_hex));
  assert.equal(encodeHex(await key.decrypt(own.ciphertext, own.extra)), vector.plaintext_hex);
}

async function checkPlain(map: object): Promise<void> {
  const key = dim.SymmetricKey.parse(map);
  const data = decodeHex('68656c6c6f');
  const { ciphertext, extra } = await key.encrypt(data);
  assert.deepEqual(ciphertext, data);
  assert.deepEqual(await key.decrypt(ciphertext, extra), data);
}
