/** Each limit of a context, exactly: what is as large as it allows is read, one more is refused with its place. */
import { describe, expect, test } from '@jest/globals';
import {
  createIdentityContext,
  DEFAULT_LIMITS,
  NetworkFile,
  TransportableData,
  Visa,
  type IdentityContext,
  type JsonMap,
  type Limits,
} from '../../src/index.ts';
import { demoPlugin, errorOf, USER } from '../demo-plugin.ts';

const { PrivateKey, Meta } = createIdentityContext({ plugins: [demoPlugin] });
const key = await PrivateKey.generate('TEST25519');
const META = (await Meta.generate({ type: '1', privateKey: key, seed: 'hulk' })).fields;
const KEY = key.publicKey.fields;
const KEY_LENGTH = 60;
const ADDRESS_LENGTH = '00x0123456789abcdef'.length;

const text = (length: number): string => 'a'.repeat(length);
const base64 = (length: number): string => 'A'.repeat(length);
/** A value of so many levels of maps; none is a number. */
const deep = (levels: number): JsonMap | number => (levels === 0 ? 1 : { a: deep(levels - 1) });
/** A map of so many values, itself among them. */
const wide = (values: number): JsonMap => ({ list: Array.from({ length: values - 2 }, () => 0) });
const json = (value: unknown): string => JSON.stringify(value);

function visaOf(context: IdentityContext, properties: JsonMap): Visa {
  const document = context.Document.parse({ did: USER, type: 'visa', data: json(properties) });
  if (!(document instanceof Visa)) throw new Error('no visa');
  return document;
}

type Row = readonly [
  what: string,
  limit: keyof Limits,
  /** Small enough to be reached, large enough for all else in the input. */
  value: number,
  path: string,
  read: (context: IdentityContext, size: number) => unknown,
];

const rows: readonly Row[] = [
  ['the text of an ID', 'idLength', 40, '', ({ ID }, n) => ID.parse(`${USER}/${text(n - USER.length - 1)}`)],
  ['a seed', 'idLength', 40, 'seed', (context, n) => context.Meta.parse({ ...META, seed: text(n) })],
  [
    'the did of a document',
    'idLength',
    40,
    'did',
    (context, n) => context.Document.parse({ did: `${text(n - ADDRESS_LENGTH - 1)}@${USER.split('@')[1]}` }),
  ],
  [
    'the did inside a document',
    'idLength',
    40,
    'data.did',
    (context, n) => context.Document.parse({ did: USER, data: json({ did: `${USER}/${text(n - USER.length - 1)}` }) }),
  ],
  [
    'the data of a key',
    'keyLength',
    KEY_LENGTH,
    'data',
    ({ PublicKey }, n) => PublicKey.parse(n === KEY_LENGTH ? KEY : { ...KEY, data: base64(n) }),
  ],
  [
    'the key of a meta',
    'keyLength',
    KEY_LENGTH,
    'key.data',
    (context, n) => context.Meta.parse({ ...META, key: n === KEY_LENGTH ? KEY : { ...KEY, data: base64(n) } }),
  ],
  [
    'the key of a visa',
    'keyLength',
    KEY_LENGTH,
    'data.key.data',
    (context, n) => visaOf(context, { key: n === KEY_LENGTH ? KEY : { ...KEY, data: base64(n) } }).encryptKey,
  ],
  [
    'a fingerprint',
    'signatureLength',
    88,
    'fingerprint',
    (context, n) => context.Meta.parse({ ...META, fingerprint: base64(n) }),
  ],
  [
    'the signature of a document',
    'signatureLength',
    88,
    'signature',
    (context, n) => context.Document.parse({ did: USER, data: '{}', signature: base64(n) }),
  ],
  [
    'the levels of a document',
    'jsonDepth',
    9,
    `x${'.a'.repeat(8)}`,
    (context, n) => context.Document.parse({ did: USER, x: deep(n - 1) }),
  ],
  [
    'the levels of the data of a document',
    'jsonDepth',
    9,
    `data${'.a'.repeat(9)}`,
    (context, n) => context.Document.parse({ did: USER, data: json(deep(n)) }),
  ],
  [
    'the levels of a meta',
    'jsonDepth',
    9,
    `x${'.a'.repeat(8)}`,
    (context, n) => context.Meta.parse({ ...META, x: deep(n - 1) }),
  ],
  [
    'the levels of an avatar that is JSON text',
    'jsonDepth',
    9,
    `data.avatar.key${'.a'.repeat(8)}`,
    (context, n) => visaOf(context, { avatar: json({ key: deep(n - 1) }) }).avatar,
  ],
  [
    'the levels of a file',
    'jsonDepth',
    9,
    `key${'.a'.repeat(8)}`,
    ({ limits }, n) => NetworkFile.parse({ key: deep(n - 1) }, { limits }),
  ],
  [
    'the levels of encoded data',
    'jsonDepth',
    9,
    `x${'.a'.repeat(8)}`,
    ({ limits }, n) => TransportableData.parse({ data: 'AAAA', x: deep(n - 1) }, { limits }),
  ],
  [
    'the values of a key',
    'jsonValues',
    50,
    'x.list',
    ({ PublicKey }, n) => PublicKey.parse({ ...KEY, x: wide(n - 3) }),
  ],
  [
    'the values of a document',
    'jsonValues',
    50,
    'x.list',
    (context, n) => context.Document.parse({ did: USER, x: wide(n - 2) }),
  ],
  [
    'the values of the data of a document',
    'jsonValues',
    50,
    'data.list',
    (context, n) => context.Document.parse({ did: USER, data: json(wide(n)) }),
  ],
  [
    'the values of an avatar that is JSON text',
    'jsonValues',
    50,
    'data.avatar.key.list',
    (context, n) => visaOf(context, { avatar: json({ key: wide(n - 1) }) }).avatar,
  ],
  ['a text in a meta', 'messageBytes', 200, 'x', (context, n) => context.Meta.parse({ ...META, x: text(n) })],
  [
    'the data of a document',
    'messageBytes',
    200,
    'data',
    (context, n) => context.Document.parse({ did: USER, data: `{}${' '.repeat(n - 2)}` }),
  ],
  [
    'a file by its URL',
    'messageBytes',
    200,
    '',
    ({ limits }, n) => NetworkFile.parse(`https://${text(n - 8)}`, { limits }),
  ],
  ['encoded data', 'messageBytes', 200, '', ({ limits }, n) => TransportableData.parse(base64(n), { limits })],
];

/** One more; for base64 the next length that there is. */
function onePast(value: number, limit: keyof Limits): number {
  return limit === 'signatureLength' ? value + 4 : value + 1;
}

describe('a limit that an application sets', () => {
  test.each(rows)('is exact for %s: %s %d', (_what, limit, value, path, read) => {
    const context = createIdentityContext({ plugins: [demoPlugin], limits: { [limit]: value } });
    expect(() => read(context, value)).not.toThrow();
    const error = errorOf(() => read(context, onePast(value, limit)));
    expect([error.code, error.path]).toEqual(['INPUT_LIMIT', path]);
  });

  test.each(rows.filter(([, limit]) => limit !== 'keyLength'))(
    'lets %s be larger, where %s is',
    (_what, limit, value, _path, read) => {
      const context = createIdentityContext({ plugins: [demoPlugin], limits: { [limit]: value + 4 } });
      expect(() => read(context, value + 4)).not.toThrow();
    },
  );
});

describe('the limits of a context that sets none', () => {
  const context = createIdentityContext({ plugins: [demoPlugin] });
  const defaults: Limits = {
    messageBytes: 33_554_432,
    jsonDepth: 64,
    jsonValues: 100_000,
    contentDepth: 16,
    idLength: 256,
    keyLength: 65_536,
    signatureLength: 16_384,
    messageKeys: 20_000,
  };
  // One of each: they are the large ones.
  const first = rows.filter(
    ([, limit], index) => limit !== 'keyLength' && index === rows.findIndex(([, other]) => other === limit),
  );

  test('are what the documentation says, and cannot be changed', () => {
    expect(context.limits).toEqual(defaults);
    expect(DEFAULT_LIMITS).toEqual(defaults);
    expect(Object.isFrozen(context.limits)).toBe(true);
  });

  test.each(first)('are exact for %s: %s', (_what, limit, _value, _path, read) => {
    expect(() => read(context, defaults[limit])).not.toThrow();
    expect(errorOf(() => read(context, onePast(defaults[limit], limit))).code).toBe('INPUT_LIMIT');
  });

  test('a longer key than the default is refused before its algorithm sees it', () => {
    const tooLong = { ...KEY, data: base64(defaults.keyLength + 4) };
    expect(errorOf(() => context.PublicKey.parse(tooLong))).toMatchObject({ code: 'INPUT_LIMIT', path: 'data' });
  });
});

describe('limits that are none are a mistake of the caller', () => {
  test.each<[string, unknown]>([
    ['jsonDepth', -1],
    ['jsonDepth', Number.NaN],
    ['jsonDepth', 1.5],
    ['jsonValues', Number.POSITIVE_INFINITY],
    ['idLength', '256'],
    ['keyLength', undefined],
    ['messageBytes', null],
    ['messageBytes', 2 ** 53],
    ['jsonDeph', 10],
    ['__proto__', 10],
    ['toString', 10],
  ])('%s: %p', (name, value) => {
    const limits = Object.fromEntries([[name, value]]) as Partial<Limits>;
    const error = errorOf(() => createIdentityContext({ plugins: [demoPlugin], limits }));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', `limits.${name}`]);
  });

  test('nothing at all is allowed: then nothing is read', () => {
    const context = createIdentityContext({ plugins: [demoPlugin], limits: { idLength: 0 } });
    expect(errorOf(() => context.ID.parse('a')).code).toBe('INPUT_LIMIT');
  });
});
