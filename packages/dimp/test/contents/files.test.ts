import { describe, expect, test } from '@jest/globals';
import {
  AttachmentContent,
  AudioContent,
  FileContent,
  ImageContent,
  NetworkFile,
  TransportableData,
  VideoContent,
} from '../../src/index.ts';
import { dim, errorOf } from '../world.ts';
import { COMMON, reread, testNothingLost } from './content-wire.ts';

const KEY = { algorithm: 'AES', data: '4btync6APx7xCeXd0FRjN9FPMAXeGLpmk14zTc8L+tc=', iv: 'AAAAAAAAAAAAAAAAAAAAAA==' };
const URL = 'https://cdn.example.com/1';
const WIRE = { ...COMMON, data: 'SGk=', filename: 'a.bin', URL, key: KEY };
const PICTURE = 'data:image/png;base64,SGk=';
const HI = new Uint8Array([72, 105]);

const KINDS = [
  { kind: 'file', type: '16', word: 'file', own: {} },
  { kind: 'image', type: '18', word: 'image', own: { thumbnail: PICTURE } },
  { kind: 'audio', type: '20', word: 'audio', own: { text: 'spoken words' } },
  { kind: 'video', type: '22', word: 'video', own: { snapshot: PICTURE } },
] as const;

function parse(map: object): AttachmentContent {
  const content = dim.Content.parse(map);
  if (!(content instanceof AttachmentContent)) throw new Error(content.kind);
  return content;
}

describe.each(KINDS)('$kind', ({ kind, type, word, own }) => {
  const wire = { type, ...WIRE, ...own };

  test('every field is read', () => {
    for (const spelling of [type, Number(type), word, word.toUpperCase()]) {
      const content = parse({ ...wire, type: spelling });
      expect(content).toMatchObject({ kind, type, sn: 7, filename: 'a.bin', url: URL, key: KEY });
      expect(content.data?.bytes).toEqual(HI);
    }
  });

  testNothingLost(wire, kind);

  test('the file is a file, and has nothing of the content around it', () => {
    const { file } = parse({ ...wire, note: 1 });
    expect(file).toBeInstanceOf(NetworkFile);
    expect(file.toJSON()).toEqual({ data: 'SGk=', filename: 'a.bin', URL, key: KEY });
    expect(parse({ type, ...COMMON, URL, filename: 'a' }).file.toJSON()).toBe(URL);
  });

  test('the key is read from its older name, and from both', () => {
    expect(parse({ ...wire, key: undefined, password: KEY }).key).toEqual(KEY);
    expect(parse({ ...wire, password: KEY }).key).toEqual(KEY);
  });

  test('the IV of a deployed client stands beside the key, and is in the key when it is read', () => {
    expect(parse({ ...wire, IV: 'aXY=' }).key).toEqual({ ...KEY, iv: 'aXY=' });
    expect(parse({ ...wire, key: undefined, password: { ...KEY, iv: 'eA==', IV: 'eQ==' }, IV: 'aXY=' }).key).toEqual({
      ...KEY,
      iv: 'aXY=',
    });
    expect(parse({ ...wire, key: undefined, IV: 'aXY=' }).key).toBeUndefined();
    expect(parse({ ...wire, IV: 7 }).key).toEqual(KEY);
  });

  test('empty text is no address: the file is there, or its name alone', () => {
    expect(parse({ ...wire, URL: '' })).toMatchObject({ url: undefined, filename: 'a.bin' });
    expect(parse({ ...wire, URL: '' }).data?.bytes).toEqual(HI);
  });

  test('each field may be absent', () => {
    const content = parse({ type, ...COMMON });
    expect([content.data, content.filename, content.url, content.key]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each(['SGk=', 'base64,SGk=', 'data:;base64,SGk=', 'data:,Hi', { algorithm: 'base64', data: 'SGk=' }])(
    'data may be %j',
    (data) => {
      expect(parse({ ...wire, data }).data?.bytes).toEqual(HI);
    },
  );

  test.each([
    [{ data: '@@' }, 'INPUT_FORMAT', 'data'],
    [{ data: 'SGk' }, 'INPUT_FORMAT', 'data'],
    [{ data: 'data:;base64,@@' }, 'INPUT_FORMAT', 'data'],
    [{ data: 5 }, 'INPUT_TYPE', 'data'],
    [{ data: true }, 'INPUT_TYPE', 'data'],
    [{ filename: 'a\0.png' }, 'INPUT_FORMAT', 'filename'],
    [{ filename: [] }, 'INPUT_TYPE', 'filename'],
    [{ URL: 'file:///etc/passwd' }, 'INPUT_FORMAT', 'URL'],
    [{ URL: 'javascript:alert(1)' }, 'INPUT_FORMAT', 'URL'],
    [{ URL: 1 }, 'INPUT_TYPE', 'URL'],
    [{ key: 'x' }, 'INPUT_TYPE', 'key'],
    [{ key: true }, 'INPUT_TYPE', 'key'],
    [{ password: { ...KEY, algorithm: 'DES' } }, 'INPUT_CONFLICT', 'password'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parse({ ...wire, ...change }))).toMatchObject({ code, path });
  });

  test.each([
    ['../../.ssh/authorized_keys', 'authorized_keys'],
    ['C:\\Users\\ana\\a.png', 'a.png'],
    ['..', undefined],
    ['', undefined],
    ['CON', undefined],
    ['LPT1 .x', undefined],
    ['a'.repeat(256), undefined],
  ])('the name %j does not lose the file', (filename, safe) => {
    const content = parse({ ...wire, filename });
    expect([content.filename, content.fields['filename']]).toEqual([safe, filename]);
    expect(content.data?.bytes).toEqual(HI);
  });

  test.each(['console.log', 'contents.txt', 'com10', '.con', 'aux_1', '你好.png'])('%s is a file name', (filename) => {
    expect(parse({ ...wire, filename }).filename).toBe(filename);
  });
});

test.each([
  ['file', FileContent],
  ['image', ImageContent],
  ['audio', AudioContent],
  ['video', VideoContent],
] as const)('a new %s makes the round trip', async (kind, Kind) => {
  const inline = reread(Kind.create({ data: HI, filename: 'a.bin' }, { sn: 7, time: 3 }));
  expect(inline.toMap()).toEqual({ type: inline.type, sn: 7, time: 3, data: 'SGk=', filename: 'a.bin' });
  expect(inline.kind).toBe(kind);
  expect(reread(Kind.create({ data: new Uint8Array() }))).toMatchObject({ kind, data: { bytes: new Uint8Array() } });
  const image = TransportableData.parse(PICTURE);
  expect(Kind.create({ data: image }).fields['data']).toBe(PICTURE);
  const remote = parse(Kind.create({ url: URL, filename: 'a.bin', key: KEY }).toMap());
  expect(remote).toMatchObject({ kind, url: URL, filename: 'a.bin', key: KEY, data: undefined });
  expect((await errorOf(() => Kind.create({ filename: 'a' }))).code).toBe('USAGE_ARGUMENT');
  for (const [parts, path] of [
    [{ url: 'javascript:0' }, 'URL'],
    [{ url: URL, filename: 'a/b' }, 'filename'],
    [{ url: URL, filename: 'con.txt' }, 'filename'],
    [{ url: URL, filename: 'a\ud83d.png' }, 'filename'],
    [{ data: 'SGk=' as unknown as Uint8Array }, 'data'],
    [{ url: URL, key: 'x' as unknown as typeof KEY }, 'key'],
  ] as const) {
    expect(await errorOf(() => Kind.create(parts))).toMatchObject({ code: 'USAGE_ARGUMENT', path });
  }
});

test('bytes and keys that were given away and changed later change nothing', () => {
  const [bytes, key] = [new Uint8Array(HI), { ...KEY }];
  const content = FileContent.create({ data: bytes, key });
  bytes.fill(0);
  key.data = '';
  expect([content.data?.bytes, content.key]).toEqual([HI, KEY]);
});

describe('what is beside the file', () => {
  const kinds = [
    ['18', 'thumbnail'],
    ['22', 'snapshot'],
  ] as const;

  test.each(kinds)('%s: %s is a picture in any form', (type, name) => {
    const pictureOf = (picture: unknown): NetworkFile | undefined => {
      const content = dim.Content.parse({ type, ...COMMON, URL, [name]: picture });
      if (content.kind === 'image') return content.thumbnail;
      return content.kind === 'video' ? content.snapshot : undefined;
    };
    for (const inline of [PICTURE, 'SGk=', 'base64,SGk=', { data: 'SGk=' }, '{"data":"SGk="}']) {
      expect(pictureOf(inline)?.data?.bytes).toEqual(HI);
    }
    expect(pictureOf(URL)?.url).toBe(URL);
    expect(pictureOf(PICTURE)?.toJSON()).toBe(PICTURE);
    expect(pictureOf(undefined)).toBeUndefined();
  });

  test.each(kinds)('%s: a %s that is none is refused', async (type, name) => {
    for (const [picture, code, path] of [
      ['@@', 'INPUT_FORMAT', `${name}.data`],
      ['javascript:alert(1)', 'INPUT_FORMAT', `${name}.data`],
      [5, 'INPUT_TYPE', name],
      [true, 'INPUT_TYPE', name],
      [{ URL: 'file:///x' }, 'INPUT_FORMAT', `${name}.URL`],
    ] as const) {
      const map = { type, ...COMMON, URL, [name]: picture };
      expect(await errorOf(() => dim.Content.parse(map))).toMatchObject({ code, path });
    }
  });

  test('an audio has text', async () => {
    expect(dim.Content.parse({ type: '20', ...COMMON, URL, text: 'Hi' })).toMatchObject({ kind: 'audio', text: 'Hi' });
    expect(await errorOf(() => dim.Content.parse({ type: '20', ...COMMON, URL, text: 5 }))).toMatchObject({
      code: 'INPUT_TYPE',
      path: 'text',
    });
  });

  test('new ones have it too', () => {
    const picture = NetworkFile.parse(PICTURE);
    expect(ImageContent.create({ url: URL, thumbnail: picture }).toMap()).toMatchObject({
      type: '18',
      thumbnail: PICTURE,
    });
    expect(VideoContent.create({ url: URL, snapshot: picture }).toMap()).toMatchObject({
      type: '22',
      snapshot: PICTURE,
    });
    expect(AudioContent.create({ url: URL, text: 'Hi' }).toMap()).toMatchObject({ type: '20', text: 'Hi' });
    expect(AudioContent.create({ url: URL }).toMap()).not.toHaveProperty('text');
  });
});

test('nobody writes an empty address', async () => {
  const error = await errorOf(() => FileContent.create({ url: '' }));
  expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'URL']);
  expect(() => NetworkFile.create({ url: '' })).toThrow('INPUT_FORMAT');
});
