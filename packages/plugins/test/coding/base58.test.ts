import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
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

  test('writes the same number, and each zero at the start', () => {
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    const digits = fc.array(fc.constantFrom(0, 1, 57, 58, 127, 128, 255), { maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(digits, fc.array(fc.nat(255), { maxLength: 40 })), (numbers) => {
        const bytes = Uint8Array.from(numbers);
        const text = encodeBase58(bytes);
        const zeros = numbers.findIndex((byte) => byte !== 0);
        expect(/^1*/.exec(text)?.[0]).toHaveLength(zeros === -1 ? numbers.length : zeros);
        const valueOf = (places: readonly number[], base: bigint) =>
          places.reduce((value, digit) => value * base + BigInt(digit), 0n);
        expect(
          valueOf(
            Array.from(text, (character) => alphabet.indexOf(character)),
            58n,
          ),
        ).toBe(valueOf(numbers, 256n));
        expect(decodeBase58(text)).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test('refuses long text before it does any work', async () => {
    // Of the processor: how long it waits for that says nothing of the work.
    const start = process.cpuUsage();
    expect(await failureCode(() => decodeBase58('z'.repeat(10_000_000)))).toBe('INPUT_LIMIT');
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(200);
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
