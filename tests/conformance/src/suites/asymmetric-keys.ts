/** `asymmetric-keys.json`: private and public key maps, signatures and ciphertexts. */
import assert from 'node:assert/strict';
import { canDecrypt, canEncrypt } from 'dimp';
import { decodeBase64, encodeBase64 } from 'dimp/extend';
import { decodeHex, encodeHex } from 'dimplugins/coding';
import { dim } from '../dim.ts';
import type { Check, Suite } from '../suite.ts';

/** A key pair of the vectors. */
export interface KeyCase {
  readonly name: string;
  readonly private: object;
  readonly public: object;
  readonly public_data_hex: string;
  readonly signatures: readonly { readonly data_hex: string; readonly signature: string }[];
  readonly signature_is_deterministic?: boolean;
  readonly encrypted?: readonly { readonly plaintext_hex: string; readonly ciphertext: string }[];
  readonly private_hex_form?: object;
  readonly public_hex_form?: object;
  readonly public_compressed_hex?: string;
}

export const asymmetricKeys: Suite = (file) =>
  (file as { cases: KeyCase[] }).cases.flatMap((vector) => checksOf(vector));

function checksOf(vector: KeyCase): Check[] {
  const { name } = vector;
  return [
    { name: `${name}: key maps`, run: () => checkMaps(vector) },
    ...vector.signatures.map((_, index) => ({
      name: `${name}: signature ${index}`,
      run: () => checkSignature(vector, index),
    })),
    ...(vector.encrypted ?? []).map((_, index) => ({
      name: `${name}: ciphertext ${index}`,
      run: () => checkCiphertext(vector, index),
    })),
  ];
}

async function checkMaps(vector: KeyCase): Promise<void> {
  const publicKey = dim.PublicKey.parse(vector.public);
  const privateKey = dim.PrivateKey.parse(vector.private);
  assert.equal(encodeHex(publicKey.data), vector.public_data_hex);
  assert.deepEqual(privateKey.publicKey.data, publicKey.data);
  assert.deepEqual(JSON.parse(JSON.stringify(publicKey)), vector.public);
  assert.deepEqual(JSON.parse(JSON.stringify(privateKey)), vector.private);
  const message = decodeHex('00ff');
  if (vector.private_hex_form !== undefined) {
    const signature = await dim.PrivateKey.parse(vector.private_hex_form).sign(message);
    assert.equal(await publicKey.verify(message, signature), true, 'the hex form is another private key');
  }
  if (vector.public_hex_form !== undefined) {
    assert.deepEqual(dim.PublicKey.parse(vector.public_hex_form).data, publicKey.data);
  }
  if (vector.public_compressed_hex !== undefined) {
    const compressed = dim.PublicKey.parse({ ...vector.public, data: vector.public_compressed_hex });
    assert.equal(
      await compressed.verify(message, await privateKey.sign(message)),
      true,
      'the compressed form is another key',
    );
    const marked = dim.PublicKey.parse({ ...vector.public, compressed: true });
    assert.equal(encodeHex(marked.data), vector.public_compressed_hex);
  }
}

async function checkSignature(vector: KeyCase, index: number): Promise<void> {
  const { data_hex = '', signature = '' } = vector.signatures[index] ?? {};
  const publicKey = dim.PublicKey.parse(vector.public);
  const data = decodeHex(data_hex);
  const bytes = decodeBase64(signature);
  assert.equal(await publicKey.verify(data, bytes), true);
  assert.equal(await publicKey.verify(Uint8Array.of(...data, 1), bytes), false, 'verifies other data');
  const flipped = bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
  assert.equal(await publicKey.verify(data, flipped), false, 'verifies a changed signature');
  const own = await dim.PrivateKey.parse(vector.private).sign(data);
  if (vector.signature_is_deterministic === true) assert.equal(encodeBase64(own), signature);
  assert.equal(await publicKey.verify(data, own), true);
}

async function checkCiphertext(vector: KeyCase, index: number): Promise<void> {
  const { plaintext_hex = '', ciphertext = '' } = vector.encrypted?.[index] ?? {};
  const privateKey = dim.PrivateKey.parse(vector.private);
  const publicKey = dim.PublicKey.parse(vector.public);
  assert.ok(canDecrypt(privateKey) && canEncrypt(publicKey));
  assert.equal(encodeHex(await privateKey.decrypt(decodeBase64(ciphertext))), plaintext_hex);
  const own = await publicKey.encrypt(decodeHex(plaintext_hex));
  assert.equal(encodeHex(await privateKey.decrypt(own)), plaintext_hex);
}
