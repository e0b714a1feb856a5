/** Message keys on a megabyte, and files. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { decryptFile, encryptFile } from 'dimp';
import { decodeBase64, textOf } from 'dimp/extend';
import { BOUND, type Row } from '../row.ts';
import type { Side } from '../world.ts';

const MIB = 1024 * 1024;
const FILES = [1024, 64 * 1024, MIB, 64 * MIB];

export async function cipherRows(sides: readonly Side[], quick: boolean): Promise<readonly Row[]> {
  const [main] = sides;
  if (main === undefined) return [];
  const key = await main.dim.SymmetricKey.generate('AES');
  const keys = sides.map(({ name, dim }) => ({ name, dim, key: dim.SymmetricKey.parse(key.fields) }));
  const bytes = Buffer.from(decodeBase64(textOf(key.fields, 'data')));
  const plaintext = new Uint8Array(randomBytes(MIB));
  return [
    {
      name: 'AES-256-CBC, 1 MiB, encrypt',
      target: { ofBound: 0.95 },
      python: { operation: 'encrypt', input: MIB },
      contenders: async () => [
        ...keys.map(({ name, key: each }) => ({ name, run: () => each.encrypt(plaintext) })),
        { name: BOUND, run: () => encryptByHand(bytes, plaintext) },
      ],
    },
    {
      name: 'AES-256-CBC, 1 MiB, decrypt',
      target: { ofBound: 0.95 },
      python: { operation: 'decrypt', input: MIB },
      contenders: async () => {
        const { ciphertext, extra } = await key.encrypt(plaintext);
        const iv = decodeBase64(textOf(extra, 'IV'));
        return [
          ...keys.map(({ name, key: each }) => ({ name, run: () => each.decrypt(ciphertext, extra) })),
          { name: BOUND, run: () => decryptByHand(bytes, iv, ciphertext) },
        ];
      },
    },
    ...FILES.filter((size) => !quick || size <= MIB).map((size): Row => {
      const file = new Uint8Array(size).fill(7);
      return {
        name: `file of ${size >= MIB ? `${size / MIB} MiB` : `${size / 1024} KiB`}, encrypt and decrypt`,
        contenders: async () => [
          // In JavaScript the largest takes seconds.
          ...keys.slice(0, size > MIB ? 1 : keys.length).map(({ name, dim, key: each }) => ({
            name,
            run: async () => {
              const encrypted = await encryptFile(file, each);
              return decryptFile(encrypted.data, dim.SymmetricKey.parse(encrypted.key));
            },
          })),
          {
            name: BOUND,
            run: () => {
              const { iv, ciphertext } = encryptByHand(bytes, file);
              return decryptByHand(bytes, iv, ciphertext);
            },
          },
        ],
      };
    }),
  ];
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
