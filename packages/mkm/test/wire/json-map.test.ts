import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../src/index.ts';
import { copyJson, copyJsonMap } from '../../src/extend.ts';
import { errorOf } from '../demo-plugin.ts';

describe('copyJsonMap', () => {
  test('copies deeply and freezes', () => {
    const input = { list: [{ a: 1 }] };
    const copy = copyJsonMap(input);
    input.list.push({ a: 2 });
    expect(copy).toEqual({ list: [{ a: 1 }] });
    expect(Object.isFrozen(copy)).toBe(true);
    expect(Object.isFrozen(copy['list'])).toBe(true);
  });

  test('keeps __proto__ as an ordinary field and pollutes nothing', () => {
    const copy = copyJsonMap(JSON.parse('{"__proto__":{"polluted":true},"a":1}'));
    expect(Object.keys(copy)).toEqual(['__proto__', 'a']);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true},"a":1}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((copy as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('what a caller changes afterwards is not changed in the copy, however deep', () => {
    const inner = { names: ['a', ['b']] };
    const input = { outer: [inner] };
    const copy = copyJsonMap(input);
    inner.names[0] = 'x';
    (inner.names[1] as unknown as string[])[0] = 'x';
    input.outer.push(inner);
    expect(copy).toEqual({ outer: [{ names: ['a', ['b']] }] });
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['text', 'x'],
    ['a list', []],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['a boxed String', Object('x')],
  ])('refuses %s', (_name, input) => {
    expect(errorOf(() => copyJsonMap(input)).code).toBe('INPUT_TYPE');
  });

  test.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('refuses %s inside, with the path', (_name, value) => {
    const error = errorOf(() => copyJsonMap({ a: [{ b: value }] }));
    expect([error.code, error.path]).toEqual(['INPUT_TYPE', 'a[0].b']);
  });

  test('reads each property once, and turns what a getter throws into a DimError', () => {
    let reads = 0;
    const flipping = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => (reads++ === 0 ? 'first' : 'then'),
    });
    expect(copyJsonMap(flipping)).toEqual({ a: 'first' });
    const throwing = Object.defineProperty({}, 'a', {
      enumerable: true,
      get() {
        throw new Error('boom');
      },
    });
    const error = errorOf(() => copyJsonMap(throwing));
    expect([error.code, error.path]).toEqual(['INPUT_TYPE', 'a']);
    expect(error.cause).toEqual(new Error('boom'));
  });

  test('does not count inherited fields', () => {
    const error = errorOf(() => copyJsonMap(Object.create({ sender: 'x' })));
    expect(error.code).toBe('INPUT_TYPE');
  });

  test('a cycle, too much depth, too many values and a sparse list are limits', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    for (const input of [
      cycle,
      { deep },
      { list: Object.assign([], { length: 1e9 }) },
      { list: Array.from({ length: DEFAULT_LIMITS.jsonValues }, () => 0) },
    ]) {
      expect(errorOf(() => copyJsonMap(input)).code).toBe('INPUT_LIMIT');
    }
  });

  test('the depth limit is exact', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(() => copyJson(nested(DEFAULT_LIMITS.jsonDepth))).not.toThrow();
    expect(errorOf(() => copyJson(nested(DEFAULT_LIMITS.jsonDepth + 1))).code).toBe('INPUT_LIMIT');
  });
});
