import { expect, test } from '@jest/globals';
import { parseJson, type JsonMap } from '../../src/index.ts';
import { context, USER } from '../demo-plugin.ts';

const TEXT = `{"did":"${USER}","type":"note","big":12345678901234567890,"list":[[1,null],{"a":"b"}],"__proto__":{"c":true}}`;

test('the map of an object is copied, to be changed freely', () => {
  const document = context.Document.parse(parseJson(TEXT));
  const map = document.toMap();
  expect(map).toEqual(document.fields);
  expect(Object.keys(map)).toEqual(['did', 'type', 'big', 'list', '__proto__']);
  expect([map['big'], Object.getPrototypeOf(map)]).toEqual([12345678901234567890n, Object.prototype]);
  const [numbers, letters] = map['list'] as [number[], { [name: string]: string }];
  numbers.push(2);
  letters['a'] = 'changed';
  map['__proto__'] = 'changed';
  expect((document.fields['list'] as readonly JsonMap[])[1]).toEqual({ a: 'b' });
  expect(document.serialize()).toBe(TEXT);
});
