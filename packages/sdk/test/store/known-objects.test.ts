/** Objects by their texts: each is read once, for each of whom it is, in bounded room. */
import { expect, test } from '@jest/globals';
import { KnownObjects } from '../../src/store/known-objects.ts';

test('a text is read once for each owner and kind', () => {
  const objects = new KnownObjects();
  let count = 0;
  const parse = (text: string) => ({ text, count: ++count });
  const first = objects.read('meta', 'a', 'text', parse);
  expect(objects.read('meta', 'a', 'text', parse)).toBe(first);
  expect(objects.read('meta', 'b', 'text', parse)).not.toBe(first);
  expect(objects.read('document', 'a', 'text', parse)).not.toBe(first);
  expect(objects.read('meta', 'a', 'other', parse)).not.toBe(first);
  expect(count).toBe(4);
});

test('what was kept is what is read', () => {
  const objects = new KnownObjects();
  const object = {};
  objects.keep('meta', 'a', 'text', object);
  expect(objects.read('meta', 'a', 'text', () => ({}))).toBe(object);
});

test('what cannot be read is tried again', () => {
  const objects = new KnownObjects();
  const fail = () => {
    throw new RangeError('on purpose');
  };
  expect(() => objects.read('meta', 'a', 'text', fail)).toThrow('on purpose');
  expect(objects.read('meta', 'a', 'text', () => 'read')).toBe('read');
});

test('long texts push out those that were read longest ago', () => {
  const objects = new KnownObjects();
  objects.keep('meta', 'a', 'small', 'kept');
  for (const name of ['1', '2', '3']) objects.keep('meta', name, name.repeat(3 * 1024 * 1024), name);
  expect(objects.read('meta', 'a', 'small', () => 'read anew')).toBe('read anew');
});
