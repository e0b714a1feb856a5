import { describe, expect, test } from '@jest/globals';
import { decodeBase58, decodeBase58Check, encodeBase58, encodeBase58Check } from '../../src/coding/base58.ts';
import { coderVectors, failureCode, hex, toHex } from '../fixtures.ts';

describe('base58', () => {
  test('encodes and decodes every vector', () => {
    const short = coderVectors.filter(({ data_hex }) => data_hex.length <= 2048);
    expect(short.length).toBeGreaterThan(5);
    for (const { data_hex, base58 } of short) {
      expect(toHex(decodeBase58(base58))).toBe(data_hex);
      expect(encodeBase58(hex(data_hex))).toBe(base58);
    }
  });

  test.each(['0', 'O', 'I', 'l', '2g ', '2g\n2g', '+', '2gé', '00ff'])('refuses %j', async (text) => {
    expect(await failureCode(() => decodeBase58(text))).toBe('INPUT_FORMAT');
  });

  test('refuses long text before it does any work', async () => {
    const start = performance.now();
    expect(await failureCode(() => decodeBase58('z'.repeat(10_000_000)))).toBe('INPUT_LIMIT');
    expect(performance.now() - start).toBeLessThan(200);
    expect(decodeBase58('1'.repeat(1400))).toEqual(new Uint8Array(1400));
  });

  test('everything that it encodes can be decoded again', async () => {
    const largest = new Uint8Array(1024).fill(255);
    expect(decodeBase58(encodeBase58(largest))).toEqual(largest);
    expect(await failureCode(() => encodeBase58(new Uint8Array(1025)))).toBe('USAGE_ARGUMENT');
  });

  test('refuses what is not text', async () => {
    expect(await failureCode(() => decodeBase58(null as unknown as string))).toBe('INPUT_TYPE');
  });
});

describe('base58check', () => {
  // The address of the first Bitcoin block.
  const address = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
  const payload = hex('0062e907b15cbf27d5425399ebf6f0fb50ebb88f18');

  test('adds and checks the checksum', () => {
    expect(encodeBase58Check(payload)).toBe(address);
    expect(decodeBase58Check(address)).toEqual(payload);
  });

  test('refuses every changed character', async () => {
    for (let index = 0; index < address.length; index++) {
      const changed = address.slice(0, index) + (address[index] === '2' ? '3' : '2') + address.slice(index + 1);
      expect(await failureCode(() => decodeBase58Check(changed))).toBe('INPUT_FORMAT');
    }
  });

  test.each(['', '1', '111'])('refuses %j, which is too short', async (text) => {
    expect(await failureCode(() => decodeBase58Check(text))).toBe('INPUT_FORMAT');
  });
});
