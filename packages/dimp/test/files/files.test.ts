import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { decryptFile, decryptFileStream, encryptFile, encryptFileStream, FileContent } from '../../src/index.ts';
import type { ByteTransform, JsonMap, SymmetricKey } from '../../src/index.ts';
import { dim, errorOf } from '../world.ts';

const KEY = { algorithm: 'AES', data: '4btync6APx7xCeXd0FRjN9FPMAXeGLpmk14zTc8L+tc=' };
const key = dim.SymmetricKey.parse(KEY);
const plain = dim.SymmetricKey.parse({ algorithm: 'PLAIN' });

/** A key of an algorithm that writes more than an IV, and does not work in pieces. */
const other: SymmetricKey = {
  algorithm: 'OTHER',
  fields: { algorithm: 'OTHER', data: 'x' },
  toJSON: () => other.fields,
  encrypt: (plaintext) => Promise.resolve({ ciphertext: plaintext, extra: { nonce: 'n', tag: 't' } }),
  decrypt: (ciphertext, { nonce }) => (nonce === 'n' ? ciphertext : new Uint8Array()),
};

function source(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

function run(chunks: readonly Uint8Array[], transform: ByteTransform): Promise<Uint8Array> {
  return collect(source(chunks).pipeThrough(transform));
}

const chunkings = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
const joined = (chunks: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(chunks));

describe('in one piece', () => {
  test('any bytes make the round trip through a content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const encrypted = await encryptFile(bytes, key);
        const content = FileContent.create({ url: 'https://cdn.example.com/1', key: encrypted.key });
        const read = dim.Content.parse(content.toMap());
        if (read.kind !== 'file') throw new Error(read.kind);
        expect(await decryptFile(encrypted.data, dim.SymmetricKey.parse(read.key))).toEqual(bytes);
      }),
    );
  });

  test('the IV is in the key map, as iv alone, and another one for each file', async () => {
    const iv = 'AAAAAAAAAAAAAAAAAAAAAA==';
    const used = dim.SymmetricKey.parse({ ...KEY, IV: iv, iv, note: 1 });
    const maps = [await encryptFile(new Uint8Array(9), used), encryptFileStream(used), encryptFileStream(used)];
    for (const { key: map } of maps) expect(Object.keys(map).toSorted()).toEqual(['algorithm', 'data', 'iv', 'note']);
    expect(new Set([...maps.map(({ key: map }) => map['iv']), iv]).size).toBe(4);
    expect(used.fields).toEqual({ ...KEY, IV: iv, iv, note: 1 });
  });

  test('the IV of the key map is iv, then IV, then zero', async () => {
    const { data, key: map } = await encryptFile(new Uint8Array(20), key);
    const { iv } = map;
    const zero = 'AAAAAAAAAAAAAAAAAAAAAA==';
    for (const fields of [{ iv }, { iv, IV: zero }, { IV: iv }]) {
      const reader = dim.SymmetricKey.parse({ ...KEY, ...fields });
      expect(await decryptFile(data, reader)).toEqual(new Uint8Array(20));
      expect(await run([data], decryptFileStream(reader))).toEqual(new Uint8Array(20));
    }
    const { ciphertext } = await zeroIv();
    expect(await decryptFile(ciphertext, key)).toEqual(new Uint8Array([1]));
    expect(await run([ciphertext], decryptFileStream(key))).toEqual(new Uint8Array([1]));
  });

  /** What a writer made that knows of no IV. */
  async function zeroIv(): Promise<{ ciphertext: Uint8Array }> {
    const { createCipheriv } = await import('node:crypto');
    const cipher = createCipheriv('aes-256-cbc', Buffer.from(KEY.data, 'base64'), Buffer.alloc(16));
    return { ciphertext: joined([cipher.update(new Uint8Array([1])), cipher.final()]) };
  }

  test('whatever an algorithm writes goes into the key map, and is there again for decryption', async () => {
    const { data, key: map } = await encryptFile(new Uint8Array([1, 2]), other);
    expect(map).toEqual({ algorithm: 'OTHER', data: 'x', nonce: 'n', tag: 't' });
    expect(await decryptFile(data, { ...other, fields: map })).toEqual(new Uint8Array([1, 2]));
  });

  test('PLAIN is written as it is', async () => {
    expect(await encryptFile(new Uint8Array([1]), plain)).toEqual({ data: new Uint8Array([1]), key: plain.fields });
    expect(await decryptFile(new Uint8Array([1]), plain)).toEqual(new Uint8Array([1]));
  });

  test('what does not decrypt, is no key or no bytes, is refused', async () => {
    const { data, key: map } = await encryptFile(new Uint8Array(20), key);
    const reader = dim.SymmetricKey.parse(map);
    for (const bytes of [new Uint8Array(), data.subarray(1), data.subarray(0, 16)]) {
      expect((await errorOf(() => decryptFile(bytes, reader))).code).toBe('CRYPTO_DECRYPT');
    }
    expect((await errorOf(() => encryptFile('x' as unknown as Uint8Array, key))).code).toBe('USAGE_ARGUMENT');
    for (const none of [map, undefined, null, 'x', 5]) {
      const given = none as unknown as SymmetricKey;
      for (const use of [
        () => encryptFile(data, given),
        () => decryptFile(data, given),
        () => encryptFileStream(given),
        () => decryptFileStream(given),
      ]) {
        expect(await errorOf(use)).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'key' });
      }
    }
  });
});

describe('in streams', () => {
  test('any bytes in any chunks make the round trip, and one piece reads what streams wrote', async () => {
    await fc.assert(
      fc.asyncProperty(chunkings, fc.integer({ min: 1, max: 50 }), async (chunks, size) => {
        const encryption = encryptFileStream(key);
        const data = await run(chunks, encryption);
        const reader = dim.SymmetricKey.parse(encryption.key);
        expect(await decryptFile(data, reader)).toEqual(joined(chunks));
        const cuts: Uint8Array[] = [new Uint8Array()];
        for (let start = 0; start < data.length; start += size) cuts.push(data.subarray(start, start + size));
        expect(await run(cuts, decryptFileStream(reader))).toEqual(joined(chunks));
      }),
    );
  });

  test('streams read what one piece wrote', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        const { data, key: map } = await encryptFile(bytes, key);
        const chunks = Array.from(data, (byte) => new Uint8Array([byte]));
        expect(await run(chunks, decryptFileStream(dim.SymmetricKey.parse(map)))).toEqual(bytes);
      }),
    );
  });

  test('PLAIN streams are what they are', async () => {
    const encryption = encryptFileStream(plain);
    expect(encryption.key).toEqual({ algorithm: 'PLAIN' });
    expect(await run([new Uint8Array([1]), new Uint8Array(), new Uint8Array([2])], encryption)).toEqual(
      new Uint8Array([1, 2]),
    );
    expect(await run([], decryptFileStream(plain))).toEqual(new Uint8Array());
  });

  test('16 MiB pass through with a few chunks held', async () => {
    const [chunkSize, count] = [64 * 1024, 256];
    const encryption = encryptFileStream(key);
    let [produced, consumed, mostHeld] = [0, 0, 0];
    const endless = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (produced === chunkSize * count) return controller.close();
          controller.enqueue(new Uint8Array(chunkSize).fill(produced / chunkSize));
          produced += chunkSize;
          mostHeld = Math.max(mostHeld, produced - consumed);
        },
      },
      { highWaterMark: 0 },
    );
    const reader = dim.SymmetricKey.parse(encryption.key);
    for await (const chunk of endless.pipeThrough(encryption).pipeThrough(decryptFileStream(reader))) {
      for (const index of [0, chunk.length - 1]) {
        if (chunk[index] !== Math.floor((consumed + index) / chunkSize))
          throw new Error(`wrong at ${consumed + index}`);
      }
      consumed += chunk.length;
    }
    expect(consumed).toBe(chunkSize * count);
    // Two ciphers in a row: each has one chunk at work, and what is on its way between them.
    expect(mostHeld).toBeLessThanOrEqual(6 * chunkSize);
  });

  test('a writer that does not wait is told to', async () => {
    const { writable, readable } = encryptFileStream(key);
    const writer = writable.getWriter();
    const pending = writer.write(new Uint8Array(100));
    expect(writer.desiredSize).toBe(0);
    await collectFirst(readable);
    await pending;
    expect(writer.desiredSize).toBe(1);
  });

  async function collectFirst(readable: ReadableStream<Uint8Array>): Promise<Uint8Array | undefined> {
    const reader = readable.getReader();
    const { value } = await reader.read();
    reader.releaseLock();
    return value;
  }

  test.each([0, 1, 16, 31, 32, 47])('a file that was cut off after %d bytes ends in CRYPTO_DECRYPT', async (length) => {
    const { data, key: map } = await encryptFile(new Uint8Array(47).fill(0x55), key);
    const reader = dim.SymmetricKey.parse(map);
    expect(await errorOf(() => run([data.subarray(0, length)], decryptFileStream(reader)))).toMatchObject({
      code: 'CRYPTO_DECRYPT',
      message: (await errorOf(() => decryptFile(new Uint8Array(1), reader))).message,
    });
  });

  test('a download that breaks off ends in CRYPTO_DECRYPT, with its reason as the cause', async () => {
    const { data, key: map } = await encryptFile(new Uint8Array(100), key);
    const reason = new TypeError('connection lost');
    let first = true;
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (first) controller.enqueue(data.subarray(0, 64));
        else controller.error(reason);
        first = false;
      },
    });
    const error = await errorOf(() => collect(broken.pipeThrough(decryptFileStream(dim.SymmetricKey.parse(map)))));
    expect(error).toMatchObject({ code: 'CRYPTO_DECRYPT', cause: reason });
  });

  test('so does a writer that aborts', async () => {
    const { readable, writable } = decryptFileStream(key);
    const outcome = errorOf(() => collect(readable));
    const writer = writable.getWriter();
    await writer.write(new Uint8Array(16));
    await writer.abort('enough');
    expect(await outcome).toMatchObject({ code: 'CRYPTO_DECRYPT', cause: 'enough' });
  });

  test('whoever writes learns that the reader went away, or that it does not decrypt', async () => {
    const gone = decryptFileStream(key);
    const writer = gone.writable.getWriter();
    await gone.readable.cancel('seen enough');
    await expect(writer.closed).rejects.toBe('seen enough');

    const failing = decryptFileStream(key);
    const outcome = errorOf(() => collect(failing.readable));
    expect((await errorOf(() => failing.writable.getWriter().close())).code).toBe('CRYPTO_DECRYPT');
    expect((await outcome).code).toBe('CRYPTO_DECRYPT');
  });

  test('chunks that are no bytes end the streams', async () => {
    for (const transform of [encryptFileStream(key), decryptFileStream(key), encryptFileStream(plain)]) {
      const chunks = ['x' as unknown as Uint8Array];
      expect(await errorOf(() => run(chunks, transform))).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'chunk' });
    }
  });

  test('what an algorithm throws is an error of the plugin', async () => {
    const fail = (): never => {
      throw new RangeError('x');
    };
    const cipher = { update: fail, finish: fail };
    const failing: SymmetricKey = {
      ...other,
      startEncryption: () => ({ cipher, extra: {} }),
      startDecryption: fail,
    };
    expect((await errorOf(() => run([new Uint8Array(1)], encryptFileStream(failing)))).code).toBe('INTERNAL_PLUGIN');
    expect((await errorOf(() => decryptFileStream(failing))).code).toBe('INTERNAL_PLUGIN');
  });

  test('an algorithm may take its time', async () => {
    const update = (chunk: Uint8Array): Promise<Uint8Array> => Promise.resolve(chunk);
    const cipher = { update, finish: () => Promise.resolve(new Uint8Array([9])) };
    const extra: JsonMap = { nonce: 'n' };
    const slow: SymmetricKey = { ...other, startEncryption: () => ({ cipher, extra }), startDecryption: () => cipher };
    const encryption = encryptFileStream(slow);
    expect(encryption.key).toEqual({ algorithm: 'OTHER', data: 'x', nonce: 'n' });
    expect(await run([new Uint8Array([1])], encryption)).toEqual(new Uint8Array([1, 9]));
  });

  test('a key that does not work in pieces is refused', async () => {
    for (const use of [encryptFileStream, decryptFileStream]) {
      expect(await errorOf(() => use(other))).toMatchObject({ code: 'UNSUPPORTED_ALGORITHM', path: 'key' });
    }
  });
});
