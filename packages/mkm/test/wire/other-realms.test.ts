/** Values of another realm, as an iframe, a window of jsdom or an Electron preload script hand them over. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { parseJson, stringifyJson, type JsonMap } from '../../src/index.ts';
import { copyJsonMap, readTime } from '../../src/extend.ts';
import { asDimError, callPluginAsync, WrittenFields } from '../../src/internal.ts';
import { context, errorOf, USER } from '../demo-plugin.ts';

describe('values of another realm', () => {
  test('maps and lists are JSON', () => {
    const foreign = runInNewContext('({ list: [1, { deep: null }], text: "x" })') as object;
    expect(foreign).not.toBeInstanceOf(Object);
    expect(copyJsonMap(foreign)).toEqual({ list: [1, { deep: null }], text: 'x' });
    expect(stringifyJson(copyJsonMap(foreign))).toBe('{"list":[1,{"deep":null}],"text":"x"}');
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
  });

  test('a Map is a map of new fields, with IDs for names', () => {
    const id = context.ID.parse(USER);
    const foreign = runInNewContext('new Map([["a", 1], [id, 2]])', { id }) as JsonMap;
    expect(foreign).not.toBeInstanceOf(Map);
    const written = new WrittenFields({ map: foreign });
    expect(written.fields['map']).toEqual({ a: 1, [USER]: 2 });
    expect(written.readId(USER)).toBe(id);
    const others = ['new Set([1])', 'new (class Thing {})', 'Object.create(Map.prototype)', 'new WeakMap()'];
    for (const code of others)
      expect(errorOf(() => new WrittenFields({ map: runInNewContext(code) as JsonMap })).code).toBe('INPUT_TYPE');
  });

  test('a Date is told how to become a time', () => {
    for (const date of [new Date(), runInNewContext('new Date()')])
      expect(errorOf(() => readTime(date)).reason).toBe('must be seconds, not a Date: take date.getTime() / 1000');
    expect(errorOf(() => readTime({ getTime: () => 1 })).reason).toBe('must be seconds, not an object');
  });

  test('errors and promises are what they are', async () => {
    const foreign: unknown = runInNewContext('new TypeError("bug")');
    expect(asDimError(foreign)).toMatchObject({ code: 'INPUT_TYPE', cause: foreign });
    const full: unknown = runInNewContext('try { (function f() { return 1 + f(); })() } catch (error) { error }');
    expect(full).not.toBeInstanceOf(Error);
    expect(asDimError(full).code).toBe('INPUT_LIMIT');
    const promise = runInNewContext('Promise.resolve(7)') as Promise<number>;
    expect(await callPluginAsync('key', () => promise)).toBe(7);
    await expect(callPluginAsync('key', () => Promise.reject(foreign))).rejects.toMatchObject({
      code: 'INTERNAL_PLUGIN',
    });
  });
});
