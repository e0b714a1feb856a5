import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DimError, type JsonMap, type StreamCipher, type SymmetricKey as AnySymmetricKey } from 'mkm';
import { base64, failure, failureCode, present, SymmetricKey, textIn, toBase64 } from '../../fixtures.ts';

const data = toBase64(new Uint8Array(32).fill(9));
const IV = toBase64(new Uint8Array(16).fill(1));
const key = SymmetricKey.parse({ algorithm: 'AES', data });

function startEncryption(aes: AnySymmetricKey = key): { cipher: StreamCipher; extra: JsonMap } {
  return present(aes.startEncryption?.());
}

function startDecryption(extra: JsonMap, aes: AnySymmetricKey = key): StreamCipher {
  return present(aes.startDecryption?.(extra));
}

/** All that comes out. Each chunk is overwritten when it was taken: its memory belongs to the caller. */
async function run(cipher: StreamCipher, chunks: readonly Uint8Array[]): Promise<Uint8Array> {
  const outputs: Uint8Array[] = [];
  for (const chunk of chunks) {
    const copy = new Uint8Array(chunk);
    outputs.push(await cipher.update(copy));
    copy.fill(0xee);
  }
  outputs.push(await cipher.finish());
  return new Uint8Array(Buffer.concat(outputs));
}

function inChunksOf(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

/** Cuts bytes at the given places, some of which may be the same: then a chunk is empty. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((one, two) => one - two);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const bytesAndCuts = fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(200), { maxLength: 30 }));

describe('AES in pieces', () => {
  test('however the plaintext is cut, the ciphertext is that of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(bytesAndCuts, async ([plaintext, places]) => {
        const { cipher, extra } = startEncryption();
        const ciphertext = await run(cipher, cut(plaintext, places));
        const native = createDecipheriv('aes-256-cbc', base64(data), base64(textIn(extra, 'IV')));
        expect(Buffer.concat([native.update(ciphertext), native.final()])).toEqual(Buffer.from(plaintext));
        expect(await key.decrypt(ciphertext, extra)).toEqual(plaintext);
      }),
    );
  });

  test('however the ciphertext is cut, the plaintext is that of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(bytesAndCuts, async ([plaintext, places]) => {
        const { ciphertext, extra } = await key.encrypt(plaintext);
        expect(await run(startDecryption(extra), cut(ciphertext, places))).toEqual(plaintext);
      }),
    );
  });

  test.each([0, 1, 15, 16, 17, 31, 32, 33, 48])('%d bytes in chunks of 1 to 33', async (length) => {
    const plaintext = new Uint8Array(length).fill(length);
    for (let size = 1; size <= 33; size++) {
      const { cipher, extra } = startEncryption();
      const ciphertext = await run(cipher, inChunksOf(plaintext, size));
      expect(ciphertext).toHaveLength((Math.floor(length / 16) + 1) * 16);
      expect(await run(startDecryption(extra), inChunksOf(ciphertext, size))).toEqual(plaintext);
    }
  });

  test('never more than a block is held back', async () => {
    const { cipher, extra } = startEncryption();
    const decryption = startDecryption(extra);
    let [written, encrypted, decrypted] = [0, 0, 0];
    for (let index = 0; index < 300; index++) {
      const chunk = new Uint8Array((index * 7) % 40);
      written += chunk.length;
      const ciphertext = await cipher.update(chunk);
      encrypted += ciphertext.length;
      decrypted += (await decryption.update(ciphertext)).length;
      expect(written - encrypted).toBeLessThan(16);
      expect(encrypted - decrypted).toBeLessThanOrEqual(16);
    }
  });

  test('Buffers are read as what they are, and nothing but plain bytes comes out', async () => {
    const { cipher, extra } = startEncryption();
    const outputs = [await cipher.update(Buffer.alloc(40, 1)), await cipher.update(Buffer.alloc(24, 1))];
    outputs.push(await cipher.finish());
    const ciphertext = Buffer.concat(outputs);
    const decryption = startDecryption(extra);
    const shared = Buffer.from(ciphertext);
    outputs.push(await decryption.update(shared.subarray(0, 40)));
    shared.fill(0, 0, 40);
    outputs.push(await decryption.update(shared.subarray(40)), await decryption.finish());
    expect(Buffer.concat(outputs.slice(3))).toEqual(Buffer.alloc(64, 1));
    expect(outputs.map(({ constructor }) => constructor.name)).toEqual(outputs.map(() => 'Uint8Array'));
  });

  test('each encryption has an IV of its own, also when the key has one', () => {
    const withIv = SymmetricKey.parse({ algorithm: 'AES', data, iv: IV });
    const ivs = [startEncryption(withIv), startEncryption(withIv)].map(({ extra }) => textIn(extra, 'IV'));
    expect(new Set([...ivs, IV]).size).toBe(3);
    expect(ivs.map((iv) => base64(iv).length)).toEqual([16, 16]);
  });

  test('the IV is looked for where messages are concerned too', async () => {
    const { cipher, extra } = startEncryption();
    const ciphertext = await run(cipher, [new Uint8Array(40)]);
    const iv = textIn(extra, 'IV');
    const withIv = SymmetricKey.parse({ algorithm: 'AES', data, iv });
    for (const decryption of [startDecryption({ iv }), startDecryption({}, withIv)]) {
      expect(await run(decryption, [ciphertext])).toEqual(new Uint8Array(40));
    }
  });

  test('every failure is the same error, and the same as in one piece', async () => {
    const { ciphertext, extra } = await key.encrypt(new Uint8Array(32).fill(0x55));
    const wrong = [0, 15, 32, 47].map((length) => ciphertext.subarray(0, length));
    wrong.push(new Uint8Array([...ciphertext, 0]));
    for (let index = 16; index < 32; index++) wrong.push(ciphertext.with(index, (ciphertext[index] ?? 0) ^ 0x55));
    const errors = [await failure(() => key.decrypt(new Uint8Array(1), extra))];
    for (const bytes of wrong) {
      for (const size of [1, 16, 1000]) {
        errors.push(await failure(() => run(startDecryption(extra), inChunksOf(bytes, size))));
      }
    }
    for (const iv of [7, '', '@', toBase64(new Uint8Array(15))]) {
      errors.push(await failure(() => startDecryption({ IV: iv })));
    }
    expect(new Set(errors.map(({ code, message, cause }) => `${code} ${message} ${String(cause)}`)).size).toBe(1);
    expect(errors[0]).toBeInstanceOf(DimError);
    expect(errors[0]?.code).toBe('CRYPTO_DECRYPT');
  });

  test('what was finished stays finished', async () => {
    const { cipher, extra } = startEncryption();
    const decryption = startDecryption(extra);
    await decryption.update(await cipher.finish());
    await decryption.finish();
    for (const finished of [cipher, decryption]) {
      expect(await failureCode(() => finished.update(new Uint8Array(1)))).toBe('USAGE_ARGUMENT');
      expect(await failureCode(() => finished.finish())).toBe('USAGE_ARGUMENT');
    }
  });

  test('arguments of the wrong kind are refused', async () => {
    const { cipher, extra } = startEncryption();
    for (const started of [cipher, startDecryption(extra)]) {
      expect(await failureCode(() => started.update('x' as unknown as Uint8Array))).toBe('USAGE_ARGUMENT chunk');
    }
    expect(await failureCode(() => startDecryption(null as unknown as JsonMap))).toBe('USAGE_ARGUMENT extra');
  });
});
