/** Bytes of any realm and memory: they work, or it is said why not; they are never taken for others. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { TransportableData } from '../../src/index.ts';
import { encodeBase64 } from '../../src/extend.ts';
import { bytesArgument } from '../../src/internal.ts';
import { errorOf } from '../demo-plugin.ts';

type Resizable = ArrayBuffer & { resize(length: number): void };
const ResizableBuffer = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => Resizable;

function reasonOf(bytes: unknown): string {
  const { code, path, reason } = errorOf(() => bytesArgument(bytes, 'bytes'));
  expect([code, path]).toEqual(['USAGE_ARGUMENT', 'bytes']);
  return reason;
}

describe('bytes', () => {
  test('are taken as they are: arrays, parts of arrays, buffers of Node', () => {
    const whole = new Uint8Array([1, 2, 3]);
    for (const bytes of [whole, whole.subarray(1), new Uint8Array(), Buffer.from('text'), Buffer.alloc(0)])
      expect(bytesArgument(bytes)).toBe(bytes);
    expect(encodeBase64(whole.subarray(1))).toBe('AgM=');
  });

  test('of another realm are copied', () => {
    const foreign = runInNewContext('new Uint8Array([1, 2, 3, 4]).subarray(1, 3)') as Uint8Array;
    expect(foreign).not.toBeInstanceOf(Uint8Array);
    expect(bytesArgument(foreign)).toEqual(new Uint8Array([2, 3]));
    expect(TransportableData.fromBytes(foreign).bytes).toEqual(new Uint8Array([2, 3]));
  });

  test('in memory that may change its size are copied', () => {
    const memory = new ResizableBuffer(4, { maxByteLength: 8 });
    const bytes = new Uint8Array(memory);
    bytes.set([1, 2, 3, 4]);
    const taken = bytesArgument(bytes);
    memory.resize(2);
    expect(taken).toEqual(new Uint8Array([1, 2, 3, 4]));
    expect(bytesArgument(bytes)).toEqual(new Uint8Array([1, 2]));
    memory.resize(0);
    expect(bytesArgument(bytes)).toHaveLength(0);
  });

  test('whose memory is gone are not taken for none', () => {
    const detached = new Uint8Array([1, 2]);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    const memory = new ResizableBuffer(8, { maxByteLength: 8 });
    const cut = new Uint8Array(memory, 4, 4);
    const cutFromStart = new Uint8Array(memory, 4);
    memory.resize(2);
    const foreign = runInNewContext(
      'const bytes = new Uint8Array([1]); structuredClone(bytes.buffer, { transfer: [bytes.buffer] }); bytes',
      { structuredClone },
    ) as Uint8Array;
    for (const bytes of [detached, cut, cutFromStart, foreign]) {
      expect(bytes).toHaveLength(0);
      expect(reasonOf(bytes)).toBe('must not be detached: its memory was given away, or cut off');
    }
    expect(errorOf(() => encodeBase64(detached)).code).toBe('USAGE_ARGUMENT');
  });

  test('in memory that another thread may change are refused, with the remedy', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2));
    const foreign = runInNewContext('new Uint8Array(new SharedArrayBuffer(2))') as Uint8Array;
    for (const bytes of [shared, foreign])
      expect(reasonOf(bytes)).toBe('must not be in shared memory: take bytes.slice()');
    expect(bytesArgument(shared.slice())).toEqual(new Uint8Array(2));
  });

  test('are nothing else, of whatever realm', () => {
    expect(reasonOf(new Proxy(new Uint8Array(1), {}))).toBe('must be a Uint8Array, not an object');
    expect(reasonOf([1, 2])).toBe('must be a Uint8Array, not a list');
    for (const code of ['new ArrayBuffer(2)', 'new SharedArrayBuffer(2)'])
      expect(reasonOf(runInNewContext(code))).toMatch(/^must be a Uint8Array, not an object/);
    expect(reasonOf(runInNewContext('new DataView(new ArrayBuffer(2))'))).toContain('view.byteOffset');
    expect(reasonOf({ [Symbol.toStringTag]: 'Uint8Array', length: 1 })).toBe('must be a Uint8Array, not an object');
  });
});
