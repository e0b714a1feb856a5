import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { equalBytes, requireBytes } from '../../src/coding/byte-argument.ts';
import { failureCode } from '../fixtures.ts';

describe('byte arguments', () => {
  test('accepts a Uint8Array, a Buffer and one of another realm', () => {
    const foreign = runInNewContext('new Uint8Array(3)') as Uint8Array;
    for (const bytes of [new Uint8Array(), new Uint8Array(2), Buffer.from('x')]) {
      expect(requireBytes(bytes, 'message')).toBe(bytes);
    }
    // As one of this realm: libraries ask by `instanceof`.
    expect(requireBytes(foreign, 'message')).toEqual(new Uint8Array(3));
    expect(requireBytes(foreign, 'message')).toBeInstanceOf(Uint8Array);
  });

  test('refuses everything else, naming the argument', async () => {
    const proxy = new Proxy(new Uint8Array(1), {});
    for (const value of [
      undefined,
      null,
      'text',
      1,
      [1],
      new ArrayBuffer(1),
      new DataView(new ArrayBuffer(1)),
      proxy,
    ]) {
      expect(await failureCode(() => requireBytes(value, 'message'))).toBe('USAGE_ARGUMENT message');
    }
    expect(await failureCode(() => requireBytes(new Uint16Array(1), 'message'))).toBe('USAGE_ARGUMENT message');
    expect(await failureCode(() => requireBytes(new Uint8ClampedArray(1), 'message'))).toBe('USAGE_ARGUMENT message');
  });

  test('refuses memory that another thread can change, and memory that is gone', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    expect(await failureCode(() => requireBytes(shared, 'key'))).toBe('USAGE_ARGUMENT key');
    const detached = new Uint8Array(4);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    expect(await failureCode(() => requireBytes(detached, 'key'))).toBe('USAGE_ARGUMENT key');
  });

  test('compares', () => {
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true);
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false);
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2, 0]))).toBe(false);
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true);
  });
});
