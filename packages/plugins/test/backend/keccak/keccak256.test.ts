/**
 * Keccak-256 of the native backend: in WebAssembly where that may be compiled, noble's elsewhere, and the same everywhere.
 *
 * @jest-environment node
 */
import * as sha3 from '@noble/hashes/sha3.js';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import { toHex, utf8 } from '../../fixtures.ts';
import { permutationModule } from './permutation-module.ts';

const noble = jest.fn(sha3.keccak_256);
jest.unstable_mockModule('@noble/hashes/sha3.js', () => ({ ...sha3, keccak_256: noble }));
const { KECCAK_F1600 } = await import('../../../src/backend/native/keccak-f1600.ts');

const RATE = 136;
const platform = globalThis.WebAssembly;
const { Module, Instance } = platform;
const module = jest.spyOn(platform, 'Module');
const instance = jest.spyOn(platform, 'Instance');
const refuse = (): never => {
  throw new platform.CompileError('Wasm code generation disallowed by embedder');
};

/** The digest as a program has it that was just started. */
async function load(): Promise<(data: Uint8Array) => Uint8Array> {
  jest.resetModules();
  module.mockClear();
  instance.mockClear();
  noble.mockClear();
  const { keccak256 } = await import('../../../src/backend/native/keccak256.ts');
  return keccak256;
}

afterEach(() => {
  Reflect.set(globalThis, 'WebAssembly', platform);
  module.mockReset().mockImplementation((bytes) => new Module(bytes));
  instance.mockReset().mockImplementation((compiled) => new Instance(compiled));
});

test('the module in the source is what the formulas make', () => {
  expect(KECCAK_F1600).toBe(Buffer.from(permutationModule()).toString('base64'));
});

test('nothing is compiled before the first digest, and once then', async () => {
  const keccak256 = await load();
  expect(module).not.toHaveBeenCalled();
  keccak256(utf8('x'));
  keccak256(utf8('y'));
  expect([module.mock.calls.length, instance.mock.calls.length, noble.mock.calls.length]).toEqual([1, 1, 0]);
});

describe.each([
  { where: 'WebAssembly', prepare: () => undefined },
  { where: 'no WebAssembly', prepare: () => Reflect.deleteProperty(globalThis, 'WebAssembly') },
  { where: 'a platform that refuses to compile', prepare: () => module.mockImplementation(refuse) },
  { where: 'a platform without memory for it', prepare: () => instance.mockImplementation(refuse) },
])('with $where', ({ prepare, where }) => {
  async function prepared(): ReturnType<typeof load> {
    const keccak256 = await load();
    prepare();
    return keccak256;
  }

  test.each([
    ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
    ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
    ['The quick brown fox jumps over the lazy dog', '4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15'],
  ])('the digest of %j is the one that is known', async (text, digest) => {
    expect(toHex((await prepared())(utf8(text)))).toBe(digest);
  });

  test("each length and any bytes give noble's digest", async () => {
    const keccak256 = await prepared();
    const equal = (data: Uint8Array): void => expect(toHex(keccak256(data))).toBe(toHex(sha3.keccak_256(data)));
    for (let length = 0; length <= 4 * RATE + 1; length++) equal(new Uint8Array(length).fill(length));
    const aroundTheRate = fc.tuple(fc.nat(5), fc.integer({ min: -2, max: 2 })).map(([n, more]) => n * RATE + more);
    const length = fc.oneof(aroundTheRate, fc.nat(700)).map((number) => Math.max(0, number));
    fc.assert(
      fc.property(
        length.chain((size) => fc.uint8Array({ minLength: size, maxLength: size })),
        equal,
      ),
      { numRuns: where === 'WebAssembly' ? 2000 : 200 },
    );
  });

  test('a digest is memory of its own, and what is given stays as it was', async () => {
    const keccak256 = await prepared();
    const data = new Uint8Array(3 * RATE).fill(7);
    const [first, second] = [keccak256(data.subarray(1)), keccak256(data)];
    expect(toHex(first)).toBe(toHex(sha3.keccak_256(data.subarray(1))));
    expect(second.buffer).not.toBe(first.buffer);
    expect([first.length, first.buffer.byteLength, Object.getPrototypeOf(first)]).toEqual([
      32,
      32,
      Uint8Array.prototype,
    ]);
    expect(data).toEqual(new Uint8Array(3 * RATE).fill(7));
  });

  test('bytes that ask for a digest while theirs is made', async () => {
    const keccak256 = await prepared();
    class Asking extends Uint8Array {
      override get length(): number {
        keccak256(utf8('another'));
        return super.byteLength;
      }
    }
    const data = new Asking(2 * RATE + 3).fill(9);
    expect(toHex(keccak256(data))).toBe(toHex(sha3.keccak_256(new Uint8Array(data.buffer))));
  });
});

test('what was refused once is not asked for again', async () => {
  const keccak256 = await load();
  module.mockImplementation(refuse);
  keccak256(utf8('x'));
  keccak256(utf8('y'));
  expect([module.mock.calls.length, noble.mock.calls.length]).toEqual([1, 2]);
});

test('a process that goes on from a snapshot has WebAssembly, which the one that made it had not', async () => {
  const keccak256 = await load();
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  keccak256(utf8('x'));
  Reflect.set(globalThis, 'WebAssembly', platform);
  keccak256(utf8('x'));
  expect([noble.mock.calls.length, module.mock.calls.length]).toEqual([1, 1]);
});
