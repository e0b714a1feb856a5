/** XSALSA20-POLY1305 and AES-GCM: key maps, nonces, and that nothing changed decrypts. */
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { canStream, type JsonMap, type SymmetricKey } from 'mkm';
import { failure, failureCode, textIn, toBase64, toHex, utf8 } from '../fixtures.ts';
import { bytesFrom, mapOf, subjects, type ModernSubject } from './subjects.ts';

interface Scheme {
  readonly algorithm: string;
  readonly keyName: string;
  readonly lengths: readonly number[];
  readonly otherLengths: readonly number[];
  readonly nonceBytes: number;
}

const XSALSA: Scheme = {
  algorithm: 'XSALSA20-POLY1305',
  keyName: 'XSalsa20Poly1305Key',
  lengths: [32],
  otherLengths: [1, 16, 24, 31, 33, 64],
  nonceBytes: 24,
};
const GCM: Scheme = {
  algorithm: 'AES-GCM',
  keyName: 'AesGcmKey',
  lengths: [16, 24, 32],
  otherLengths: [1, 15, 17, 31, 33, 64],
  nonceBytes: 12,
};

const rows = subjects.flatMap(([name, subject]) =>
  [XSALSA, GCM].flatMap((scheme) => scheme.lengths.map((length) => ({ name, scheme, length, subject }))),
);

describe.each(rows)('$scheme.algorithm, $length bytes, on the $name backend', ({ scheme, length, subject }) => {
  const { algorithm, nonceBytes } = scheme;
  const key = subject.SymmetricKey.parse(mapOf(algorithm, bytesFrom(3, length)));
  const plaintext = utf8('{"type":"1","text":"Hello"}');

  test('each length comes back, with a fresh nonce each time and a tag of 16 bytes', async () => {
    const nonces = new Set<string>();
    for (const size of [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 200, 70_000]) {
      const bytes = bytesFrom(size, size);
      const { ciphertext, extra } = await key.encrypt(bytes);
      expect(ciphertext).toHaveLength(size + 16);
      expect(Object.keys(extra)).toEqual(['IV']);
      expect(Buffer.from(textIn(extra, 'IV'), 'base64')).toHaveLength(nonceBytes);
      nonces.add(textIn(extra, 'IV'));
      expect(await key.decrypt(ciphertext, { sender: 'x', ...extra })).toEqual(bytes);
    }
    expect(nonces.size).toBe(13);
  });

  test('one bit changed anywhere is refused, with the one error', async () => {
    const { ciphertext, extra } = await key.encrypt(plaintext);
    for (const [index, byte] of ciphertext.entries()) {
      const changed = new Uint8Array(ciphertext);
      changed[index] = byte ^ 0x80;
      expect(await failureCode(() => key.decrypt(changed, extra))).toBe('CRYPTO_DECRYPT');
    }
    const nonce = Buffer.from(textIn(extra, 'IV'), 'base64');
    for (const index of nonce.keys()) {
      const changed = Buffer.from(nonce);
      changed[index] = (nonce[index] ?? 0) ^ 1;
      const { message } = await failure(() => key.decrypt(ciphertext, { IV: toBase64(changed) }));
      expect(message).toBe('CRYPTO_DECRYPT: does not decrypt');
    }
    const other = subject.SymmetricKey.parse(mapOf(algorithm, bytesFrom(4, length)));
    expect(await failureCode(() => other.decrypt(ciphertext, extra))).toBe('CRYPTO_DECRYPT');
  });

  test('longer, shorter and moved ciphertexts are refused', async () => {
    const { ciphertext, extra } = await key.encrypt(plaintext);
    const others = [
      new Uint8Array(),
      ciphertext.subarray(0, 15),
      ciphertext.subarray(0, 16),
      ciphertext.subarray(0, -1),
      ciphertext.subarray(1),
      Uint8Array.of(...ciphertext, 0),
      Uint8Array.of(0, ...ciphertext),
      Uint8Array.of(...ciphertext.subarray(16), ...ciphertext.subarray(0, 16)),
      new Uint8Array(ciphertext.length),
    ];
    for (const bytes of others) {
      expect(await failureCode(() => key.decrypt(bytes, extra))).toBe('CRYPTO_DECRYPT');
    }
  });

  test('a nonce that is missing, or is none, is the one error', async () => {
    const { ciphertext, extra } = await key.encrypt(plaintext);
    const iv = textIn(extra, 'IV');
    const wrong: readonly JsonMap[] = [
      {},
      { IV: null },
      { IV: 5 },
      { IV: {} },
      { IV: '' },
      { IV: `${iv} ` },
      { IV: `${iv.slice(0, -1)}=` },
      { IV: `${iv.slice(0, -1)}\n` },
      { IV: `${iv.slice(0, -1)}\n\n` },
      { IV: iv.slice(4) },
      { IV: `AAAA${iv}` },
      { IV: iv.repeat(100_000) },
      // The name that has a value counts.
      { IV: toBase64(new Uint8Array(nonceBytes)), iv },
      { Iv: iv },
    ];
    for (const map of wrong) {
      expect(await failureCode(() => key.decrypt(ciphertext, map))).toBe('CRYPTO_DECRYPT');
    }
  });

  test('the nonce of a file is in its key map, as iv', async () => {
    const { ciphertext, extra } = await key.encrypt(plaintext);
    const fields: JsonMap = { ...key.fields, iv: textIn(extra, 'IV') };
    const ofFile = subject.SymmetricKey.parse(JSON.parse(JSON.stringify(fields)));
    expect(await ofFile.decrypt(ciphertext, ofFile.fields)).toEqual(plaintext);
    // A message that brings none does not decrypt with that of a file.
    expect(await failureCode(() => ofFile.decrypt(ciphertext, {}))).toBe('CRYPTO_DECRYPT');
  });

  test('a key is the same after a round trip, with every field', async () => {
    const map = { ...key.fields, unknown: { kept: true } };
    const read = subject.SymmetricKey.parse(map);
    const { ciphertext, extra } = await key.encrypt(plaintext);
    expect(await read.decrypt(ciphertext, extra)).toEqual(plaintext);
    expect(JSON.parse(JSON.stringify(read))).toEqual(map);
    expect(read.algorithm).toBe(algorithm);
  });

  test('what is no bytes or no map is a mistake of the caller', async () => {
    expect(await failureCode(() => key.encrypt('Hello' as never))).toBe('USAGE_ARGUMENT plaintext');
    expect(await failureCode(() => key.decrypt('Hello' as never, {}))).toBe('USAGE_ARGUMENT ciphertext');
    expect(await failureCode(() => key.decrypt(plaintext, undefined as never))).toBe('USAGE_ARGUMENT extra');
  });

  test('a log shows what the key is, and nothing of it', () => {
    const bits = length * 8;
    expect(inspect({ key }, { breakLength: Infinity })).toBe(
      `{ key: ${scheme.keyName} { algorithm: '${algorithm}', bits: ${bits} } }`,
    );
    // oxlint-disable-next-line typescript/no-base-to-string -- the classes have a text of their own
    expect(String(key)).toBe(`${scheme.keyName} { algorithm: '${algorithm}', bits: ${bits} }`);
  });

  test('it authenticates, and so works on whole ciphertexts only', () => {
    expect(canStream(key)).toBe(false);
    expect(key).not.toHaveProperty('decryptUnchecked');
  });

  test('what comes out is plain bytes', async () => {
    const { ciphertext, extra } = await key.encrypt(plaintext);
    for (const bytes of [ciphertext, await key.decrypt(ciphertext, extra)]) {
      expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
      expect(bytes.buffer.byteLength).toBeLessThan(200);
    }
  });

  test('a view of a larger memory is read alone', async () => {
    const memory = bytesFrom(9, 300);
    const { ciphertext, extra } = await key.encrypt(memory.subarray(11, 99));
    const around = Uint8Array.of(1, 2, 3, ...ciphertext, 4, 5);
    expect(await key.decrypt(around.subarray(3, -2), extra)).toEqual(memory.slice(11, 99));
  });
});

describe.each(subjects)('key maps on the %s backend', (_name, { SymmetricKey }: ModernSubject) => {
  test.each(
    [XSALSA, GCM].flatMap(({ algorithm, lengths, otherLengths }) => [
      ...otherLengths.map((length) => ['INPUT_KEY data', mapOf(algorithm, bytesFrom(1, length))] as const),
      ...lengths.flatMap((length) => {
        const { data } = mapOf(algorithm, bytesFrom(0xff, length));
        return [
          ['INPUT_FORMAT data', { algorithm, data: `${data} ` }],
          ['INPUT_FORMAT data', { algorithm, data: data.replace(/.$/, '') }],
          ['INPUT_FORMAT data', { algorithm, data: data.replace(/^./, '-') }],
        ] as const;
      }),
      ['INPUT_MISSING data', { algorithm }] as const,
      ['INPUT_TYPE data', { algorithm, data: 1 }] as const,
      ['INPUT_FORMAT data', { algorithm, data: '' }] as const,
    ]),
  )('%s: %j', async (code, map: JsonMap) => {
    expect(await failureCode(() => SymmetricKey.parse(map))).toBe(code);
  });

  test.each([
    [XSALSA, undefined, 32],
    [XSALSA, 256, 32],
    [GCM, undefined, 32],
    [GCM, 256, 32],
    [GCM, 192, 24],
    [GCM, 128, 16],
  ])('a new $algorithm key of %j bits has %i bytes', async ({ algorithm }, bits, length) => {
    const options = bits === undefined ? {} : { bits };
    const keys: SymmetricKey[] = [await SymmetricKey.generate(algorithm, options)];
    keys.push(await SymmetricKey.generate(algorithm, options));
    const texts = keys.map(({ fields }) => textIn(fields, 'data'));
    expect(new Set(texts).size).toBe(2);
    for (const text of texts) expect(Buffer.from(text, 'base64')).toHaveLength(length);
  });

  test.each([
    [XSALSA, [128, 255, 512, 0, Number.NaN]],
    [GCM, [64, 129, 512, 0, Number.NaN]],
  ])('no new $algorithm keys of other sizes', async ({ algorithm }, sizes) => {
    for (const bits of sizes) {
      expect(await failureCode(() => SymmetricKey.generate(algorithm, { bits }))).toBe('USAGE_ARGUMENT bits');
    }
  });

  test('the key of one cipher is none of the other', async () => {
    const salsa = SymmetricKey.parse(mapOf(XSALSA.algorithm, bytesFrom(1, 32)));
    const gcm = SymmetricKey.parse(mapOf(GCM.algorithm, bytesFrom(1, 32)));
    const { ciphertext, extra } = await salsa.encrypt(utf8('Hello'));
    expect(await failureCode(() => gcm.decrypt(ciphertext, extra))).toBe('CRYPTO_DECRYPT');
    expect(toHex(ciphertext)).not.toContain(toHex(utf8('Hello')));
  });
});
