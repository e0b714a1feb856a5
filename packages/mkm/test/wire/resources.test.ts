import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { NetworkFile, TransportableData } from '../../src/index.ts';
import { encodeUtf8 } from '../../src/extend.ts';
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
    { filename: 'a\0b', data: 'SGk=' },
    { filename: 5, data: 'SGk=' },
    { URL: 'https://x.y/z', key: 'abc' },
    { data: '@@' },
    'ftp://x',
    7,
  ])('refuses %j', (input) => {
    expect(errorOf(() => NetworkFile.parse(input)).code).toMatch(/^INPUT_/);
  });
});

describe('the name of a file', () => {
  test.each([
    ['a.png', 'a.png'],
    ['名字 – été.tar.gz', '名字 – été.tar.gz'],
    ['I \u2764\ufe0f you.jpg', 'I \u2764\ufe0f you.jpg'],
    ['.profile', '.profile'],
    ['console.txt', 'console.txt'],
    ['C:\\Users\\ana\\a.png', 'a.png'],
    ['dir/a.png', 'a.png'],
    ['../../.ssh/authorized_keys', 'authorized_keys'],
    ['名'.repeat(85), '名'.repeat(85)],
  ])('%j is read as the base name', (filename, safe) => {
    const file = NetworkFile.parse({ data: 'SGk=', filename });
    expect([file.filename, file.fields['filename']]).toEqual([safe, filename]);
  });

  const unsafe = [
    '',
    '.',
    '..',
    '...',
    '.. ',
    ' a',
    'a ',
    'a.exe.',
    '\u3000a',
    'C:evil.exe',
    'a.txt:stream',
    'a.txt::$DATA',
    'a<b',
    'a"b',
    'a|b',
    'a?b',
    'a*b',
    'con',
    'CON.txt',
    'aux.h',
    'nul .txt',
    'com1',
    'LPT9.log',
    'com\u00b9.txt',
    'CONIN$',
    'conout$.txt',
    'clock$',
    'photo\u202egpj.exe',
    'a\u200b.exe',
    'a\u2066b',
    'a\u3164b',
    'a\u2800b',
    'a\ud800b',
    'a\u2028b',
    '名'.repeat(86),
    'a'.repeat(256),
  ];

  test.each(unsafe)('%j is not safe: the file is read without it, and the text stays', (filename) => {
    const file = NetworkFile.parse({ data: 'SGk=', filename });
    expect([file.filename, file.fields['filename']]).toEqual([undefined, filename]);
    expect(file.data?.bytes).toEqual(encodeUtf8('Hi'));
  });

  test.each([...unsafe, 'dir/a.png', 'a\0b', 5 as unknown as string])('%j is not written', (filename) => {
    const error = errorOf(() => NetworkFile.create({ url: 'https://example.com/1', filename }));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'filename']);
  });
});

describe('a URL', () => {
  test.each([
    'https://example.com',
    'HTTP://EXAMPLE.COM:8080/a?b=c@d#e',
    'https://[::1]/x',
    'https://例え.jp/名/😀.png',
    'https://medium.com/@user',
    `https://example.com/${'a'.repeat(8172)}`,
  ])('%s is one', (URL) => {
    expect(NetworkFile.parse({ URL }).url).toBe(URL);
  });

  test.each([
    ['http:///x', 'INPUT_FORMAT'],
    ['http://', 'INPUT_FORMAT'],
    ['http://:80/', 'INPUT_FORMAT'],
    ['http://?x', 'INPUT_FORMAT'],
    ['https://user:password@example.com/', 'INPUT_FORMAT'],
    ['https://example.com@evil.example/', 'INPUT_FORMAT'],
    ['https://x\\@evil.example/', 'INPUT_FORMAT'],
    ['https://example.com/a\\b', 'INPUT_FORMAT'],
    ['http://\u202eevil', 'INPUT_FORMAT'],
    ['https://example.com/\u2066a', 'INPUT_FORMAT'],
    ['https://a b/', 'INPUT_FORMAT'],
    ['https://a%00b/', 'INPUT_FORMAT'],
    [`https://example.com/${'a'.repeat(8173)}`, 'INPUT_LIMIT'],
    [`http://${'\u0436'.repeat(15_500_000)}`, 'INPUT_LIMIT'],
  ])('%.40s is none', (URL, code) => {
    expect(errorOf(() => NetworkFile.parse({ URL }))).toMatchObject({ code, path: 'URL' });
  });
});

test('what is written of a map does not hang on bytes that were given out', () => {
  const data = TransportableData.parse({ algorithm: 'base64', data: 'SGVs\nbG8=' });
  data.bytes.fill(0);
  expect([data.toString(), data.toJSON()]).toEqual(['SGVsbG8=', { algorithm: 'base64', data: 'SGVs\nbG8=' }]);
});

test('an empty file is a file', () => {
  for (const data of [TransportableData.parse(''), TransportableData.fromBytes(new Uint8Array())])
    expect([data.bytes, data.toJSON(), data.toString()]).toEqual([new Uint8Array(), '', '']);
  expect(NetworkFile.parse({ data: '' }).data?.bytes).toEqual(new Uint8Array());
  const empty = TransportableData.fromBytes(new Uint8Array(), { mimeType: 'text/plain' });
  expect(NetworkFile.create({ data: empty }).toJSON()).toBe('data:text/plain;base64,');
});

test('bytes of another realm are bytes', () => {
  const foreign = runInNewContext('Uint8Array.of(72, 105)') as Uint8Array;
  expect(foreign).not.toBeInstanceOf(Uint8Array);
  expect(TransportableData.fromBytes(foreign).toString()).toBe('SGk=');
  for (const [input, remedy] of [
    ['Hi', 'take new TextEncoder().encode(text)'],
    [new ArrayBuffer(2), 'take new Uint8Array(buffer)'],
    [Uint16Array.of(1), 'take new Uint8Array(view.buffer'],
  ] as const) {
    const error = errorOf(() => TransportableData.fromBytes(input as unknown as Uint8Array));
    expect(error.code).toBe('USAGE_ARGUMENT');
    expect(error.reason).toContain(remedy);
  }
});
