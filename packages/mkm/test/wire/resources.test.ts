import { describe, expect, test } from '@jest/globals';
import { encodeUtf8, NetworkFile, TransportableData } from '../../src/index.ts';
import { errorOf } from '../demo-plugin.ts';

describe('TransportableData', () => {
  test.each([
    ['SGVsbG8=', 'Hello', undefined],
    ['base64,SGVsbG8=', 'Hello', undefined],
    ['data:text/plain;charset=utf-8;base64,SGVsbG8=', 'Hello', 'text/plain'],
    ['data:,A%20simple%20text', 'A simple text', undefined],
    ['DATA:,Hello', 'Hello', undefined],
  ])('reads %s', (wire, text, mimeType) => {
    const data = TransportableData.parse(wire);
    expect(data.bytes).toEqual(encodeUtf8(text));
    expect(data.mimeType).toBe(mimeType);
    expect(data.toJSON()).toBe(wire);
  });

  test('reads the map form and writes it again', () => {
    const map = { algorithm: 'base64', data: 'SGVsbG8=', note: 1 };
    const data = TransportableData.parse(map);
    expect(data.bytes).toEqual(encodeUtf8('Hello'));
    expect(data.toJSON()).toEqual(map);
  });

  test('the bytes are decoded once, and what is written needs none of it', () => {
    for (const wire of ['SGVsbG8=', 'data:;base64,SGVsbG8=', 'data:,Hello']) {
      const data = TransportableData.parse(wire);
      expect(data.toString()).toBe(wire);
      expect(data.bytes).toBe(data.bytes);
      expect(data.bytes).toEqual(encodeUtf8('Hello'));
    }
  });

  test('large data is checked when it is read', () => {
    const large = 'A'.repeat(16 * 1024 * 1024);
    expect(TransportableData.parse(large).bytes).toHaveLength(large.length * 0.75);
    for (const wire of [`${large}AAA@`, `@AAA${large}`, `data:;base64,${large}AAA@`, `data:;base64,${large}A`]) {
      expect(errorOf(() => TransportableData.parse(wire)).code).toBe('INPUT_FORMAT');
    }
  });

  test('bytes that were given away and changed later change nothing', () => {
    const bytes = encodeUtf8('Hello');
    const data = TransportableData.fromBytes(bytes);
    bytes.fill(0);
    expect([data.toString(), data.bytes]).toEqual(['SGVsbG8=', encodeUtf8('Hello')]);
    expect(errorOf(() => TransportableData.fromBytes('Hello' as unknown as Uint8Array)).code).toBe('USAGE_ARGUMENT');
  });

  test('parameters are kept, __proto__ among them', () => {
    const { parameters } = TransportableData.parse('data:image/jpeg;filename=a.jpg;__proto__=x;base64,SlBH');
    expect([...parameters]).toEqual([
      ['filename', 'a.jpg'],
      ['__proto__', 'x'],
    ]);
  });

  test.each([
    'dat',
    'data:',
    'data:;base64,@@@@',
    'data:;base64,SGk',
    'data:,%',
    'data:,%G0',
    'data:text/plain\r\nX: 1,hi',
    'data:text,hi',
    'data:;;,hi',
    ' data:,hi',
    'da\tta:,hi',
    'http://127.0.0.1/x',
    5,
    null,
    { data: 5 },
    ['SGk='],
  ])('refuses %j', (input) => {
    expect(errorOf(() => TransportableData.parse(input)).code).toMatch(/^INPUT_/);
    expect(TransportableData.tryParse(input)).toBeUndefined();
    expect(TransportableData.safeParse(input).ok).toBe(false);
  });
});

describe('NetworkFile', () => {
  test('writes the shortest form that says all', () => {
    const url = 'https://example.com/a.png';
    const data = TransportableData.fromBytes(encodeUtf8('PNG'), { mimeType: 'image/png' });
    expect(NetworkFile.create({ url, filename: 'a.png' }).toJSON()).toBe(url);
    expect(NetworkFile.create({ data }).toJSON()).toBe('data:image/png;base64,UE5H');
    expect(NetworkFile.create({ url, key: { algorithm: 'AES' } }).toJSON()).toEqual({
      URL: url,
      key: { algorithm: 'AES' },
    });
  });

  test('reads the older password field, and refuses one that differs from the key', () => {
    expect(NetworkFile.parse({ URL: 'https://x.y/z', password: { algorithm: 'AES' } }).key).toEqual({
      algorithm: 'AES',
    });
    const both = { URL: 'https://x.y/z', password: { algorithm: 'AES' }, key: { algorithm: 'DES' } };
    expect(errorOf(() => NetworkFile.parse(both)).code).toBe('INPUT_CONFLICT');
  });

  test.each([
    { URL: 'javascript:alert(1)' },
    { URL: 'file:///etc/passwd' },
    { filename: '../x', data: 'SGk=' },
    { filename: 'a\0b', data: 'SGk=' },
    { URL: 'https://x.y/z', key: 'abc' },
    { data: '@@' },
    'ftp://x',
    7,
  ])('refuses %j', (input) => {
    expect(errorOf(() => NetworkFile.parse(input)).code).toMatch(/^INPUT_/);
  });
});
