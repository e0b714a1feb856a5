/** Every content and command as a map: structured, with the older names, and with unknown fields among them. */
import * as fc from 'fast-check';
import { changedMap, fieldsOfNobody, readValue } from '../../../../tests/support/changes.ts';
import { EntityType, stationPlugin, type JsonMap, type JsonValue } from '../../src/index.ts';
import { dim } from '../context.ts';

export const withNetwork = dim.extend(stationPlugin);

const key = await dim.PrivateKey.generate('ECC');
const meta = await dim.Meta.generate({ type: 'MKM', privateKey: key, seed: 'hulk' });
const owner = meta.id();
const group = meta.id(EntityType.GROUP);
const visa = await dim.Document.create({ type: 'visa', did: owner, properties: { name: 'Hulk' } }).sign(key);
const visaAtPhone = await dim.Document.create({ type: 'visa', did: owner.at('phone') }).sign(key);

/** Any code point but surrogates. The library's own unit for this takes more than a second to make. */
const codePoint = fc
  .oneof(fc.nat(0x7f), fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

/** Text of any code points; none that UTF-8 cannot write. */
export const text: fc.Arbitrary<string> = fc.string({ unit: codePoint, maxLength: 20 });
const word = fc.string({ unit: fc.constantFrom(...Array.from('abc.-_09')), minLength: 1, maxLength: 10 });
const userId = fc.constantFrom(
  owner.toString(),
  owner.at('phone').toString(),
  '0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354',
  'moky@anywhere',
);
const anyId = fc.oneof(userId, fc.constantFrom(group.toString(), 'everyone@everywhere'));
const time = fc.oneof(
  fc.nat(),
  fc.double({ min: 0, max: 4e9, noNaN: true }).map((seconds) => seconds + 0),
);
const sn = fc.oneof(fc.integer({ min: 1 }), fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }));
const base64 = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const encoded = fc.oneof(
  base64,
  base64.map((body) => `data:image/png;base64,${body}`),
);
/** A URL. The library's own takes more than a second to make. */
const url = fc
  .tuple(
    fc.constantFrom('https://', 'http://', 'HTTPS://'),
    fc.constantFrom('a', 'a.example', 'ä你.example:8080', '127.0.0.1', '[::1]'),
    fc.constantFrom('', '/', '?', '#'),
    fc.string({ unit: fc.constantFrom(...Array.from('abz09.-_~:/?#[]@!$&()*+,;=%é你')), maxLength: 20 }),
  )
  .map(([scheme, host, mark, rest]) => scheme + host + mark + (mark === '' ? '' : rest));
const file = fc.oneof(
  url,
  base64.map((body) => `data:image/png;base64,${body}`),
  url.map((URL) => ({ URL, x: 1 })),
);

/** Fields that mean nothing to any content. */
export const unknownFields: fc.Arbitrary<JsonMap> = fieldsOfNobody('S', '你好');

type Fields = { readonly [name: string]: fc.Arbitrary<unknown> };

/** A content map of a type: what is required, what is optional, and anything else. */
function contentOf(type: string, required: Fields, optional: Fields = {}): fc.Arbitrary<JsonMap> {
  const types = fc.constantFrom<JsonValue>(type, Number(type));
  const requiredKeys = ['type', 'sn', ...Object.keys(required)];
  const fields: Fields = { type: types, sn, ...required, time, ...optional };
  // Arbitraries of JSON values make JSON maps, which their types do not say.
  const known = fc.record(fields, { requiredKeys }) as fc.Arbitrary<JsonMap>;
  return fc.tuple(unknownFields, known).map(([unknown, own]) => ({ ...unknown, ...own }));
}

function commandOf(command: string, required: Fields, optional: Fields = {}, type = '136'): fc.Arbitrary<JsonMap> {
  const name = fc.constantFrom('command', 'cmd');
  return fc
    .tuple(name, contentOf(type, required, optional))
    .map(([field, map]) => ({ ...map, [field]: command, ...(type === '137' && { time: map['time'] ?? 1 }) }));
}

const groupField = { group: fc.constant(group.toString()) };
const someIds = fc.array(userId, { minLength: 1, maxLength: 3 });
function groupCommandOf(command: string, required: Fields = {}): fc.Arbitrary<JsonMap> {
  const isOfMembers = Object.hasOwn(required, 'members');
  return commandOf(command, { ...groupField, ...required }, isOfMembers ? {} : { members: someIds }, '137');
}

const fileFields = { data: encoded, filename: word.map((name) => `a${name}`), URL: url, key: unknownFields };
const origin = fc.record(
  { sender: userId, receiver: anyId, type: fc.constant('1'), sn, time },
  { requiredKeys: ['sender'] },
);
const did = fc.constantFrom(owner.toString(), owner.at('phone').toString());

/** Contents with nothing inside, by kind. */
export const leaves: { readonly [kind: string]: fc.Arbitrary<JsonMap> } = {
  text: contentOf('1', { text }),
  file: contentOf('16', {}, fileFields),
  image: contentOf('18', {}, { ...fileFields, thumbnail: file }),
  audio: contentOf('20', {}, { ...fileFields, text }),
  video: contentOf('22', {}, { ...fileFields, snapshot: file }),
  page: contentOf('32', { URL: url }, { HTML: text, title: text, desc: text, icon: file, mime_type: text }),
  'name-card': contentOf('51', { did: anyId }, { name: text, avatar: file }),
  quote: contentOf('55', { text, origin }),
  money: contentOf('64', { currency: fc.constantFrom('USD', '€'), amount: fc.nat() }),
  transfer: contentOf('65', { currency: fc.constant('USD'), amount: fc.nat() }, { remitter: userId, remittee: userId }),
  'unknown-application': contentOf('160', { app: word }, { mod: word, act: word }),
  'unknown-module': contentOf('204', { app: word, mod: word, act: word }),
  unknown: contentOf('1234', {}, groupField),
};

const anyLeaf = fc.oneof(...Object.values(leaves));
const envelope = fc.record({ sender: userId, receiver: anyId, time }, { requiredKeys: ['sender'] });
const instant = fc.tuple(envelope, anyLeaf).map(([fields, content]) => ({ ...fields, content }));
const reliable = fc
  .tuple(fc.record({ sender: userId, receiver: fc.constant(owner.toString()), time }), base64, base64)
  .map(([fields, data, signature]) => ({ ...fields, data, signature }));

/** Contents with others inside, by kind. */
export const nests: { readonly [kind: string]: fc.Arbitrary<JsonMap> } = {
  array: contentOf('202', { contents: fc.array(anyLeaf, { maxLength: 3 }) }),
  'combine-forward': contentOf('207', { title: text, messages: fc.array(instant, { maxLength: 2 }) }),
  forward: contentOf('255', { secrets: fc.array(reliable, { minLength: 1, maxLength: 2 }) }),
};

const action = { app: fc.constant('chat.dim.group'), ...groupField };
const encryptedKeys = fc.record({ [owner.toString()]: base64, digest: word }) as fc.Arbitrary<JsonMap>;

/** Commands, and what is read by a name in it, by kind. */
export const commands: { readonly [kind: string]: fc.Arbitrary<JsonMap> } = {
  'unknown-command': commandOf('no-such-command', {}, { group: fc.constant(group.toString()) }),
  'unknown-history-command': commandOf('no-such-command', {}, {}, '137'),
  meta: commandOf('meta', { did }, { meta: fc.constant(meta.fields) }),
  documents: commandOf(
    'documents',
    { did },
    { documents: fc.subarray([visa.fields, visaAtPhone.fields]), meta: fc.constant(meta.fields), last_time: time },
  ),
  receipt: commandOf('receipt', { text }, { origin }),
  handshake: commandOf('handshake', { title: text }, { session: text }),
  login: commandOf(
    'login',
    { did },
    { device: text, station: fc.record({ host: word, port: fc.integer({ min: 1, max: 0xffff }) }) },
  ),
  report: commandOf('report', { title: text }),
  ans: commandOf('ans', { names: word }, { records: userId.map((id) => ({ hulk: id })) }),
  mute: commandOf('mute', {}, { list: fc.array(anyId, { maxLength: 3 }) }),
  block: commandOf('block', {}, { list: fc.array(anyId, { maxLength: 3 }) }),
  search: commandOf('search', { keywords: text }, { users: fc.array(userId), start: fc.nat(100) }),
  storage: commandOf('storage', { title: text }, { did, data: encoded, key: encoded }),
  push: commandOf('push', { items: fc.array(fc.record({ receiver: userId, aps: unknownFields }), { maxLength: 2 }) }),
  register: commandOf('register', {}, { did }, '137'),
  suicide: commandOf('suicide', {}, { did }, '137'),
  invite: groupCommandOf('invite', { members: someIds }),
  expel: groupCommandOf('expel', { members: someIds }),
  reset: groupCommandOf('reset', { members: someIds }),
  join: groupCommandOf('join'),
  quit: groupCommandOf('quit'),
  found: groupCommandOf('found'),
  abdicate: groupCommandOf('abdicate'),
  hire: groupCommandOf('hire'),
  fire: groupCommandOf('fire'),
  resign: groupCommandOf('resign'),
  'group-query': groupCommandOf('query'),
  'group-history': contentOf(
    '204',
    { ...action, mod: fc.constant('history'), act: fc.constant('query') },
    { last_time: time },
  ),
  'group-keys': contentOf('204', {
    ...action,
    mod: fc.constant('keys'),
    act: fc.constant('update'),
    from: userId,
    keys: encryptedKeys,
  }),
};

/** Any content that this layer knows. */
export const anyContent: fc.Arbitrary<JsonMap> = fc.oneof(
  ...Object.values(leaves),
  ...Object.values(nests),
  ...Object.values(commands),
);

/** A valid map with one thing wrong. */
export function mutated(valid: fc.Arbitrary<JsonMap>): fc.Arbitrary<JsonMap> {
  const names = fc.constantFrom(
    'T',
    'N',
    'G',
    'C',
    'ID',
    'did',
    'password',
    'key',
    'cmd',
    'member',
    'envelope',
    'data',
  );
  return changedMap(valid, names, fc.oneof(readValue, fc.bigInt(), anyId, base64, unknownFields));
}
