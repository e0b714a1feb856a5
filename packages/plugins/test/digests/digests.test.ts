import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { backend as native } from '../../src/backend/native/index.ts';
import { backend as portable } from '../../src/backend/portable/index.ts';
import { hmacSha256 } from '../../src/digests/hmac-sha256.ts';
import { keccak256 } from '../../src/digests/keccak256.ts';
import { ripemd160 } from '../../src/digests/ripemd160.ts';
import { sha256 } from '../../src/digests/sha256.ts';
import { coderVectors, failureCode, hex, toHex, utf8 } from '../fixtures.ts';

const functions = { sha256, ripemd160, keccak256 };

describe.each(['sha256', 'ripemd160', 'keccak256'] as const)('%s', (name) => {
  test('gives every vector, on every backend', () => {
    for (const vector of coderVectors) {
      const data = hex(vector.data_hex);
      for (const digest of [functions[name], native[name], portable[name]])
        expect(toHex(digest(data))).toBe(vector[name]);
    }
  });

  test('gives plain bytes with memory of their own', () => {
    for (const digest of [native[name], portable[name]]) {
      const bytes = digest(utf8('x'));
      expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
      expect(bytes.buffer.byteLength).toBe(bytes.length);
    }
  });

  test('refuses what is not bytes', async () => {
    expect(await failureCode(() => functions[name]('text' as unknown as Uint8Array))).toBe('USAGE_ARGUMENT data');
  });
});

test('HMAC-SHA256 agrees with the platform', () => {
  for (const key of [new Uint8Array(), hex('0b'.repeat(20)), hex('aa'.repeat(64))]) {
    const mac = hmacSha256(sha256, key);
    // Lengths that differ and repeat: the function keeps memory between calls.
    for (const length of [0, 11, 11, 64, 11, 200]) {
      const message = new Uint8Array(length).fill(length);
      expect(toHex(mac(message))).toBe(createHmac('sha256', key).update(message).digest('hex'));
    }
  }
});
