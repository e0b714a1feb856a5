/** Documents: what is signed and read, what the signature binds, and what is refused. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Bulletin, Document, DocumentDraft, Visa } from '../../src/index.ts';
import { encodeBase64 } from '../../src/extend.ts';
import { context, errorOf, GROUP, USER } from '../demo-plugin.ts';

const key = await context.PrivateKey.generate('TEST25519');
const did = context.ID.parse(USER);
let visa: Visa;

beforeEach(async () => {
  visa = await context.Document.create({
    type: 'visa',
    did: did.at('phone'),
    properties: { name: 'Alice', key: key.publicKey, avatar: 'https://example.com/a.png', app: { n: 3 } },
  }).sign(key, { time: 1700000000.5 });
});

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
    expect(visa.encryptKey?.toJSON()).toEqual(key.publicKey.toJSON());
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

  test('is none without its data, whatever the key signed', async () => {
    const signature = encodeBase64(new Uint8Array(await key.sign(new Uint8Array())));
    expect(errorOf(() => context.Document.parse({ did: USER, signature }))).toMatchObject({
      code: 'INPUT_MISSING',
      path: 'data',
    });
  });

  test('with() gives a draft, and leaves the visa as it was', async () => {
    const draft = visa.with({ name: 'Alicia', app: undefined });
    expect(draft).toBeInstanceOf(DocumentDraft);
    expect(errorOf(() => JSON.stringify(draft))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      reason: 'a document draft must be signed before it is sent',
    });
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
      expect(errorOf(() => context.Document.parse({ ...map, ...change }))).toMatchObject({
        code: 'INPUT_CONFLICT',
        path,
        reason: `differs from the ${path.slice('data.'.length)} of the document`,
      });
    }
    const bare = context.Document.parse({ ...map, did: USER }) as Visa;
    expect(bare.terminal).toBe('phone');
  });

  test('is that it is for all terminals, too: nobody gives it one', async () => {
    const forAll = await context.Document.create({ type: 'visa', did, properties: { name: 'Alice' } }).sign(key);
    expect([forAll.terminal, forAll.isTerminalSigned]).toEqual([undefined, true]);
    expect(errorOf(() => context.Document.parse({ ...forAll.toMap(), did: phone }))).toMatchObject({
      code: 'INPUT_CONFLICT',
      path: 'data.did',
    });
  });

  test('is nothing where an old client signed neither ID nor terminal: then it says so', () => {
    const read = (outer: string, data: object) =>
      context.Document.parse({ did: outer, type: 'visa', data: JSON.stringify(data) }) as Visa;
    expect([read(phone, {}).terminal, read(phone, {}).isTerminalSigned]).toEqual(['phone', false]);
    expect([read(phone, { terminal: 'tv' }).isTerminalSigned, read(phone, { did: phone }).isTerminalSigned]).toEqual([
      true,
      true,
    ]);
    // Where the ID is signed, a terminal outside adds nothing to it.
    expect(errorOf(() => read(phone, { did: USER }))).toMatchObject({ code: 'INPUT_CONFLICT', path: 'data.did' });
    expect(errorOf(() => read(phone, { did: USER, terminal: 'tv' })).code).toBe('INPUT_CONFLICT');
    expect(read(phone, { did: USER, terminal: 'phone' }).terminal).toBe('phone');
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
    expect(errorOf(() => context.Document.parse({ did: USER, data: content }))).toMatchObject({
      code: 'INPUT_FORMAT',
      path: 'type',
    });
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
  test('what is printed of one is what it says, and nothing of how it is read', () => {
    const document = context.Document.parse({ did: USER, type: 'visa' });
    expect(Object.keys(document)).toEqual(['fields', 'did', 'type', 'data', 'signature', 'properties']);
  });

  test('the type follows from the ID when it is absent; unknown types are kept', () => {
    expect(context.Document.parse({ did: USER })).toBeInstanceOf(Visa);
    expect(context.Document.parse({ ID: GROUP })).toBeInstanceOf(Bulletin);
    expect(context.Document.parse({ did: USER, type: 'profile' })).toBeInstanceOf(Visa);
    expect(context.Document.parse({ did: GROUP, type: 'badge' }).type).toBe('badge');
    const unknown = context.Document.parse({ did: USER, type: 'badge', data: '{"level":3}' });
    expect([unknown.constructor, unknown.type, unknown.property('level')]).toEqual([Document, 'badge', 3]);
  });

  test.each([
    [{ did: undefined }, 'INPUT_MISSING', 'did', 'is required'],
    [{ did: 'a@@b' }, 'INPUT_FORMAT', 'did', 'must be [name@]address[/terminal]'],
    [{ ID: GROUP }, 'INPUT_CONFLICT', 'ID', 'differs from did'],
    [{ did: 'anyone@anywhere' }, 'INPUT_CONFLICT', 'did', 'a broadcast ID has no documents'],
    [{ type: 'bulletin' }, 'INPUT_CONFLICT', 'type', 'a visa belongs to a user, and a bulletin to a group'],
    [{ did: GROUP, type: 'visa' }, 'INPUT_CONFLICT', 'type', 'a visa belongs to a user, and a bulletin to a group'],
    [{ type: 5 }, 'INPUT_TYPE', 'type', 'must be text, not a number'],
    [{ data: {} }, 'INPUT_TYPE', 'data', 'must be text, not an object'],
    [{ data: 'null' }, 'INPUT_TYPE', 'data', 'must be a map, not null'],
    [{ data: '[]' }, 'INPUT_TYPE', 'data', 'must be a map, not a list'],
    [{ data: '{"a":1' }, 'INPUT_FORMAT', 'data', 'must be JSON'],
    [{ data: '{"a":"\ud800"}' }, 'INPUT_FORMAT', 'data', 'text has a lone surrogate, which UTF-8 cannot write'],
    [{ data: `{"did":"${GROUP}"}` }, 'INPUT_CONFLICT', 'data.did', 'differs from the did of the document'],
    [{ data: `{"ID":"${GROUP}"}` }, 'INPUT_CONFLICT', 'data.did', 'differs from the did of the document'],
    [{ signature: '@@' }, 'INPUT_FORMAT', 'signature', 'must be base64'],
    [{ signature: '' }, 'INPUT_FORMAT', 'signature', 'must not be empty'],
  ])('%j is refused', (change, code, path, reason) => {
    const error = errorOf(() => context.Document.parse({ did: USER, ...change }));
    expect(error).toMatchObject({ code, path, reason });
  });

  test.each(['', '1', '136', ' badge', 'badge\n', '-badge', 'badge!', 'a'.repeat(65)])('%j is no type', (type) => {
    expect(errorOf(() => context.Document.parse({ did: USER, type }))).toMatchObject({
      code: 'INPUT_FORMAT',
      path: 'type',
      reason: 'must be a short word',
    });
  });

  test.each(['b', '9a', 'badge 2', 'org.example:badge/v-1_0', '名片', 'a'.repeat(64)])('%j is a type', (type) => {
    expect(context.Document.parse({ did: USER, type }).type).toBe(type);
  });

  test.each([
    ['{"name":5}', 'data.name', (document: Document) => document.name],
    ['{"time":1e308}', 'data.time', (document: Document) => document.time],
    ['{"created_time":"soon"}', 'data.created_time', (document: Document) => document.createdTime],
  ])('a bad property in %s is an error when it is asked for', (data, path, read) => {
    const document = context.Document.parse({ did: USER, data });
    expect(errorOf(() => read(document)).path).toBe(path);
  });
});
