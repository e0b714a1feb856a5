import { describe, expect, test } from '@jest/globals';
import { Bulletin, Document, DocumentDraft, Visa } from '../../src/index.ts';
import { context, errorOf, GROUP, USER } from '../demo-plugin.ts';

const key = await context.PrivateKey.generate('TEST25519');
const did = context.ID.parse(USER);
const visa = await context.Document.create({
  type: 'visa',
  did: did.at('phone'),
  properties: { name: 'Alice', key: key.publicKey, avatar: 'https://example.com/a.png', app: { n: 3 } },
}).sign(key, { time: 1700000000.5 });

describe('a signed visa', () => {
  test('verifies, and has its properties', async () => {
    expect(visa).toBeInstanceOf(Visa);
    expect(await visa.verify(key.publicKey)).toBe(true);
    expect([visa.name, visa.terminal, visa.time, visa.createdTime]).toEqual([
      'Alice',
      'phone',
      1700000000.5,
      1700000000.5,
    ]);
    expect(visa.publicKey?.data).toEqual(key.publicKey.data);
    expect(visa.avatar?.url).toBe('https://example.com/a.png');
    expect(visa.property('app')).toEqual({ n: 3 });
    expect(visa.property('toString')).toBeUndefined();
  });

  test('survives the wire with unknown fields, byte for byte where it is signed', async () => {
    const data = visa.data?.replace('{', '{ ') ?? '';
    const signature = Buffer.from(await key.sign(new TextEncoder().encode(data))).toString('base64');
    const map = { did: visa.did.toString(), type: 'visa', data, signature, extra: [1] };
    const read = context.Document.parse(map);
    expect(await read.verify(key.publicKey)).toBe(true);
    expect(JSON.parse(read.serialize())).toEqual(map);
  });

  test('is refused when anything that is signed changes', async () => {
    const other = await context.PrivateKey.generate('TEST25519');
    expect(await visa.verify(other.publicKey)).toBe(false);
    const map = visa.toMap();
    for (const change of [
      { data: `${visa.data} ` },
      { data: visa.data?.replace('Alice', 'Mallo') },
      { signature: undefined },
    ]) {
      expect(await context.Document.parse({ ...map, ...change }).verify(key.publicKey)).toBe(false);
    }
  });

  test('with() gives a draft, and leaves the visa as it was', async () => {
    const draft = visa.with({ name: 'Alicia', app: undefined });
    expect(draft).toBeInstanceOf(DocumentDraft);
    expect(errorOf(() => JSON.stringify(draft)).code).toBe('USAGE_ARGUMENT');
    const changed = await draft.sign(key);
    expect([changed.name, changed.property('app'), changed.createdTime]).toEqual(['Alicia', undefined, 1700000000.5]);
    expect(changed.time).toBeGreaterThan(1700000000.5);
    expect(visa.name).toBe('Alice');
    expect(await changed.verify(key.publicKey)).toBe(true);
  });
});

describe('what the signature binds', () => {
  const phone = did.at('phone').toString();

  test('is the ID, the terminal and the type: the same signed data is nothing else', async () => {
    expect(JSON.parse(visa.data ?? '')).toMatchObject({ type: 'visa', did: phone });
    const map = visa.toMap();
    for (const [change, path] of [
      [{ did: did.at('tablet').toString() }, 'data.did'],
      [{ did: GROUP }, 'data.did'],
      [{ type: 'profile' }, 'data.type'],
      [{ did: did.address.toString() }, 'data.did'],
    ] as const) {
      const error = errorOf(() => context.Document.parse({ ...map, ...change }));
      expect([error.code, error.path]).toEqual(['INPUT_CONFLICT', path]);
    }
    const bare = context.Document.parse({ ...map, did: USER }) as Visa;
    expect(bare.terminal).toBe('phone');
  });

  test('is renewed with a draft', async () => {
    const copied = context.Document.create({
      type: 'visa',
      did,
      properties: { did: phone, type: 'x', time: 1, name: 'B' },
    });
    const signed = await copied.sign(key);
    expect(signed.properties).toMatchObject({ type: 'visa', did: USER });
    expect([signed.terminal, signed.name]).toEqual([undefined, 'B']);
  });

  test('what a user signed as a message is no document', () => {
    const content = '{"type":"1","sn":1,"time":1700000000,"text":"hi"}';
    const error = errorOf(() => context.Document.parse({ did: USER, type: 'visa', data: content }));
    expect([error.code, error.path]).toEqual(['INPUT_CONFLICT', 'data.type']);
    expect(context.Document.parse({ did: USER, data: content })).not.toBeInstanceOf(Visa);
    const numeric = errorOf(() => context.Document.parse({ did: USER, data: '{"type":1,"sn":1}' }));
    expect([numeric.code, numeric.path]).toEqual(['INPUT_TYPE', 'data.type']);
  });

  test('a terminal of its own goes before the terminal of the ID', () => {
    const read = (fields: object) => (context.Document.parse({ did: phone, ...fields }) as Visa).terminal;
    expect([read({}), read({ data: '{}' }), read({ data: '{"terminal":"tv"}' })]).toEqual(['phone', 'phone', 'tv']);
    expect(read({ data: `{"did":"${phone}","terminal":"tv"}` })).toBe('phone');
    expect(read({ data: '{"terminal":"*"}' })).toBeUndefined();
  });
});

describe('reading documents', () => {
  test('the type follows from the ID when it is absent; unknown types are kept', () => {
    expect(context.Document.parse({ did: USER })).toBeInstanceOf(Visa);
    expect(context.Document.parse({ ID: GROUP })).toBeInstanceOf(Bulletin);
    expect(context.Document.parse({ did: USER, type: 'profile' })).toBeInstanceOf(Visa);
    const unknown = context.Document.parse({ did: USER, type: 'badge', data: '{"level":3}' });
    expect([unknown.constructor, unknown.type, unknown.property('level')]).toEqual([Document, 'badge', 3]);
  });

  test.each([
    [{ did: undefined }, 'INPUT_MISSING', 'did'],
    [{ did: 'a@@b' }, 'INPUT_FORMAT', 'did'],
    [{ ID: GROUP }, 'INPUT_CONFLICT', 'ID'],
    [{ did: 'anyone@anywhere' }, 'INPUT_CONFLICT', 'did'],
    [{ type: 'bulletin' }, 'INPUT_CONFLICT', 'type'],
    [{ did: GROUP, type: 'visa' }, 'INPUT_CONFLICT', 'type'],
    [{ type: 5 }, 'INPUT_TYPE', 'type'],
    [{ data: {} }, 'INPUT_TYPE', 'data'],
    [{ data: 'null' }, 'INPUT_TYPE', 'data'],
    [{ data: '[]' }, 'INPUT_TYPE', 'data'],
    [{ data: '{"a":1' }, 'INPUT_FORMAT', 'data'],
    [{ data: '{"a":"\ud800"}' }, 'INPUT_FORMAT', 'data'],
    [{ data: `{"did":"${GROUP}"}` }, 'INPUT_CONFLICT', 'data.did'],
    [{ signature: '@@' }, 'INPUT_FORMAT', 'signature'],
    [{ signature: '' }, 'INPUT_FORMAT', 'signature'],
  ])('%j is refused', (change, code, path) => {
    const error = errorOf(() => context.Document.parse({ did: USER, ...change }));
    expect([error.code, error.path]).toEqual([code, path]);
  });

  test.each([
    ['{"key":"x"}', (document: Visa) => document.publicKey],
    ['{"key":{"algorithm":"NOPE"}}', (document: Visa) => document.publicKey],
    ['{"name":5}', (document: Visa) => document.name],
    ['{"time":1e308}', (document: Visa) => document.time],
    ['{"avatar":5}', (document: Visa) => document.avatar],
  ])('a bad property in %s is an error when it is asked for', (data, read) => {
    const document = context.Document.parse({ did: USER, data }) as Visa;
    expect(errorOf(() => read(document)).path).toMatch(/^data\./);
  });

  test('a bulletin has its founder and assistants, or one error for the whole list', async () => {
    const group = context.ID.parse(GROUP);
    const bulletin = await context.Document.create({
      type: 'bulletin',
      did: group,
      properties: { founder: did, assistants: [did] },
    }).sign(key);
    expect(bulletin.founder?.equals(did)).toBe(true);
    expect(bulletin.assistants.map(String)).toEqual([USER]);
    const bad = context.Document.parse({ did: GROUP, data: `{"assistants":["${USER}","x y"]}` }) as Bulletin;
    expect(errorOf(() => bad.assistants).path).toBe('data.assistants[1]');
  });
});
