import { describe, expect, test } from '@jest/globals';
import { after, begin, callPluginAsync, isPromise, together } from '../../src/internal.ts';

describe('what is there already', () => {
  test('is not waited for', () => {
    expect(callPluginAsync('key', () => 7)).toBe(7);
    expect(together([1, 2])).toEqual([1, 2]);
    expect(after(7, (value) => value + 1)).toBe(8);
    expect(begin(() => 7)).toBe(7);
    expect([7, null, undefined, {}, []].some((value) => isPromise(value))).toBe(false);
  });

  test('and what comes later is, in its place', async () => {
    expect(await callPluginAsync('key', async () => 7)).toBe(7);
    expect(await together([1, Promise.resolve(2), 3])).toEqual([1, 2, 3]);
    expect(await after(Promise.resolve(7), async (value) => value + 1)).toBe(8);
  });

  test('a plugin that throws at once fails as one that does later: no other promise is left alone', async () => {
    const now = callPluginAsync('key', (): number => {
      throw new Error('now');
    });
    const later = callPluginAsync('key', () => Promise.reject<number>(new Error('later')));
    await expect(
      begin((): number => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
    for (const result of [now, later])
      await expect(result).rejects.toMatchObject({ code: 'INTERNAL_PLUGIN', reason: 'the definition of key failed' });
  });
});
