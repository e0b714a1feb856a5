/** Message keys and base64 on a megabyte, and files. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { decryptFile, encryptFile, type SymmetricKey } from 'dimp';
import { decodeBase64, textOf } from 'dimp/extend';
import { BOUND, type Row } from './row.ts';

const MIB = 1024 * 1024;
const FILES = [1024, 64 * 1024, MIB, 64 * MIB];

export function cipherRows(quick: boolean): readonly Row[] {
  return [
    {
      name: 'AES-256-CBC, 1 MiB, encrypt',
      target: { ofBound: 0.95 },
      python: () => ({ operation: 'encrypt', input: MIB }),
      contenders: async ({ name, dim }) => {
        const key = await dim.SymmetricKey.generate('AES');
        const [bytes, plaintext] = [bytesOf(key), randomPlaintext()];
        return [
          { name, run: () => key.encrypt(plaintext) },
          { name: BOUND, run: () => encryptByHand(bytes, plaintext) },
        ];
      },
    },
    {
      name: 'AES-256-CBC, 1 MiB, decrypt',
      target: { ofBound: 0.95 },
      python: () => ({ operation: 'decrypt', input: MIB }),
      contenders: async ({ name, dim }) => {
        const key = await dim.SymmetricKey.generate('AES');
        const { ciphertext, extra } = await key.encrypt(randomPlaintext());
        const [bytes, iv] = [bytesOf(key), decodeBase64(textOf(extra, 'IV'))];
        return [
          { name, run: () => key.decrypt(ciphertext, extra) },
          { name: BOUND, run: () => decryptByHand(bytes, iv, ciphertext) },
        ];
      },
    },
    {
      name: 'base64 of 1 MB, strict',
      target: { ofBound: 1 / 4 },
      note: 'bound: read by Buffer, which takes nearly anything',
      contenders: async ({ name }) => {
        const text = randomBytes(750_000).toString('base64');
        return [
          { name, run: () => decodeBase64(text) },
          { name: BOUND, run: () => Buffer.from(text, 'base64') },
        ];
      },
    },
    ...FILES.filter((size) => !quick || size <= MIB).map(fileRow),
  ];
}

function fileRow(size: number): Row {
  return {
    name: `file of ${size >= MIB ? `${size / MIB} MiB` : `${size / 1024} KiB`}, encrypt and decrypt`,
    isAside: true,
    contenders: async ({ name, dim }) => {
      const key = await dim.SymmetricKey.generate('AES');
      const bytes = bytesOf(key);
      const file = new Uint8Array(size).fill(7);
      return [
        {
          name,
          run: async () => {
            const encrypted = await encryptFile(file, key);
            return decryptFile(encrypted.data, dim.SymmetricKey.parse(encrypted.key));
          },
        },
        {
          name: BOUND,
          run: () => {
            const { iv, ciphertext } = encryptByHand(bytes, file);
            return decryptByHand(bytes, iv, ciphertext);
          },
        },
      ];
    },
  };
}

function bytesOf(key: SymmetricKey): Buffer {
  return Buffer.from(decodeBase64(textOf(key.fields, 'data')));
}

function randomPlaintext(): Uint8Array {
  return new Uint8Array(randomBytes(MIB));
}

function encryptByHand(key: Buffer, plaintext: Uint8Array): { iv: Buffer; ciphertext: Buffer } {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return { iv, ciphertext: Buffer.concat([cipher.update(plaintext), cipher.final()]) };
}

function decryptByHand(key: Buffer, iv: Uint8Array, ciphertext: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
