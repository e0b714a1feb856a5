/**
 * Inputs that a peer may make as large as it likes, by size. Each is read by code whose work must grow no faster than
 * the input does.
 */
import { EntityType, NetworkFile, parseJson, stringifyJson, TransportableData, Bulletin, type JsonValue } from 'dimp';
import { contentInShape, parseJsonMap } from 'dimp/extend';
import { BoundedCache } from 'dimp/internal';
import { bitcoinStyleAddress } from 'dimplugins';
import { decodeHex } from 'dimplugins/coding';
import { attempt } from './invariants.ts';
import { again, dim } from './targets/context.ts';

export interface WorkCase {
  readonly name: string;
  /** The input of a size, and what reads it. Made before work is counted. */
  prepare(size: number): () => unknown;
  /** The smallest of the three sizes; 100, if not given. */
  readonly size?: number;
}

const encoder = new TextEncoder();
const SENDER = 'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc';
const GROUP = 'group-dave@VXTfrasVnf24GGYPUCQQUsKaXwnMi8Qe7';

/** Different IDs of users, so that no cache saves the work. */
let made = 0;
function ids(count: number): string[] {
  return Array.from({ length: count }, () => bitcoinStyleAddress(encoder.encode(String(made++)), EntityType.USER).text);
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_item, index) => make(index));
}

function fieldsOf(count: number, value: (index: number) => JsonValue): { [name: string]: JsonValue } {
  return Object.fromEntries(times(count, (index) => [`field${index}`, value(index)]));
}

function contentMap(type: string, fields: { readonly [name: string]: JsonValue }): { [name: string]: JsonValue } {
  return { type, sn: 1, time: 1_700_000_000, ...fields };
}

function messageMap(fields: { readonly [name: string]: JsonValue }): { [name: string]: JsonValue } {
  return { sender: SENDER, receiver: SENDER, time: 1, data: 'AAAA', signature: 'AAAA', ...fields };
}

/** Reading of a text; the text is made of a size. */
function text(name: string, make: (size: number) => string): WorkCase {
  return {
    name: `JSON text: ${name}`,
    prepare(size) {
      const input = make(size);
      return () => attempt(() => parseJson(input));
    },
  };
}

function contents(name: string, make: (size: number) => JsonValue, size?: number): WorkCase {
  return {
    name: `content: ${name}`,
    ...(size !== undefined && { size }),
    prepare(count) {
      const input = make(count);
      return () => {
        const read = dim.Content.parse(input);
        return [read.serialize(), contentInShape(read.fields, 'deployed')];
      };
    },
  };
}

function messages(name: string, make: (size: number) => JsonValue, size?: number): WorkCase {
  return {
    name: `package: ${name}`,
    ...(size !== undefined && { size }),
    prepare(count) {
      const input = encoder.encode(JSON.stringify(make(count)));
      return () => {
        const read = dim.ReliableMessage.decode(input);
        return [dim.Envelope.decode(input), read.dataBytes, read.encode({ shortNames: true })];
      };
    },
  };
}

/** Envelopes of packages that are large enough for the rest to be skipped. */
function envelopes(name: string, make: (size: number) => string): WorkCase {
  return {
    name: `envelope: ${name}`,
    size: 1000,
    prepare(size) {
      const input = encoder.encode(`{"sender":"${SENDER}",${make(size)}}`);
      return () => attempt(() => dim.Envelope.decode(input));
    },
  };
}

function values(
  name: string,
  read: (input: string) => unknown,
  make: (size: number) => string,
  size?: number,
): WorkCase {
  return {
    name,
    ...(size !== undefined && { size }),
    prepare(count) {
      const input = make(count);
      return () => read(input);
    },
  };
}

function nested(depth: number, inner: JsonValue): JsonValue {
  return depth === 0 ? inner : contentMap('202', { contents: [nested(depth - 1, inner)] });
}

const LONG = '12345678901234567890';

export const workCases: readonly WorkCase[] = [
  text('many fields', (size) => JSON.stringify(fieldsOf(size, Number))),
  text('a long list', (size) => JSON.stringify(times(size, Number))),
  text('a long text', (size) => JSON.stringify(`${LONG}${'x'.repeat(size * 100)}`)),
  text('many long integers', (size) => `[${times(size, () => LONG).join()}]`),
  text('many runs of digits that are none', (size) => `[${LONG},${times(size, () => '123456789012345.5e1').join()}]`),
  text('many quotes in a text', (size) => JSON.stringify([LONG, '"'.repeat(size), 12])),
  text('a run of backslashes', (size) => `[${LONG},"${'\\\\'.repeat(size)}"]`),
  text('backslashes before quotes', (size) => `[${LONG},"${'\\\\\\"'.repeat(size)}"]`),
  text('many texts', (size) => `[${LONG},${times(size, () => '"\\\\"').join()}]`),
  text('text that is cut off', (size) => `[${LONG},"${'\\"'.repeat(size)}`),
  values(
    'JSON text: written again with long integers',
    (input) => stringifyJson(parseJson(input)),
    (size) => `[${times(size, () => LONG).join()}]`,
  ),

  contents('unknown fields', (size) => contentMap('999', fieldsOf(size, String))),
  contents('short names beside many fields', (size) => ({ T: 1, N: 1, text: '', ...fieldsOf(size, Number) })),
  contents('a group command with many members', (size) =>
    contentMap('137', { command: 'invite', group: GROUP, members: ids(size) }),
  ),
  contents('one member many times', (size) =>
    contentMap('137', { command: 'reset', group: GROUP, members: times(size, () => SENDER) }),
  ),
  contents('an array of contents', (size) =>
    contentMap('202', { contents: times(size, () => contentMap('1', { text: 'x' })) }),
  ),
  contents('a long list in the deepest array', (size) =>
    nested(15, contentMap('202', { contents: times(size, () => contentMap('1', { text: 'x' })) })),
  ),
  contents('a combined forward', (size) =>
    contentMap('207', {
      messages: times(size, () => ({ sender: SENDER, receiver: SENDER, content: contentMap('1', { text: 'x' }) })),
    }),
  ),
  contents('a forward of many messages', (size) => contentMap('255', { secrets: times(size, () => messageMap({})) })),
  contents('a command with many documents', (size) =>
    contentMap('136', {
      command: 'documents',
      did: SENDER,
      documents: times(size, (index) => ({ did: SENDER, type: 'visa', data: `{"time":${index}}` })),
    }),
  ),
  contents('keys for many members', (size) =>
    contentMap('204', {
      app: 'chat.dim.group',
      mod: 'keys',
      act: 'update',
      group: GROUP,
      from: SENDER,
      keys: Object.fromEntries(ids(size).map((id) => [id, 'AAAA'])),
    }),
  ),
  contents('many records of names', (size) =>
    contentMap('136', {
      command: 'ans',
      names: times(size, (index) => `n${index}`).join(' '),
      records: Object.fromEntries(ids(size).map((id, index) => [`n${index}`, id])),
    }),
  ),
  contents('many blocked', (size) => contentMap('136', { command: 'block', list: ids(size) })),
  contents('many things to push', (size) =>
    contentMap('136', { command: 'push', items: ids(size).map((receiver) => ({ receiver, title: 'a', body: 'b' })) }),
  ),
  contents('a large file', (size) => contentMap('16', { data: 'AAAA'.repeat(size), filename: 'a' })),

  messages('many keys', (size) => messageMap({ keys: Object.fromEntries(ids(size).map((id) => [id, 'AAAA'])) })),
  messages('much data', (size) => messageMap({ data: 'AAAA'.repeat(size) })),
  messages('unknown fields', (size) => messageMap(fieldsOf(size, String)), 500),
  messages('a broadcast of a long text', (size) =>
    messageMap({ receiver: 'anyone@anywhere', data: JSON.stringify('x'.repeat(size)) }),
  ),

  envelopes('much data', (size) => `"data":"${'AAAA'.repeat(size)}"`),
  envelopes('quotes in a text', (size) => `"data":"${'\\"'.repeat(2 * size)}"`),
  envelopes('backslashes before quotes', (size) => `"data":"${'\\\\\\"'.repeat(size)}"`),
  envelopes('a run of backslashes', (size) => `"data":"${'\\\\'.repeat(2 * size)}"`),
  envelopes('many keys', (size) => `"keys":{${times(size, (index) => `"${index}":"AAAA"`).join()}}`),
  envelopes('many members', (size) => times(size, (index) => `"data":"${index}","a":1`).join()),
  envelopes('text that is cut off', (size) => `"data":"${'\\"'.repeat(2 * size)}`),
  envelopes('lists in lists', (size) => `"keys":[${times(size, () => '[[]]').join()}]`),

  // The cache of IDs would answer: another context has read none of them.
  values(
    'ID: a long name',
    (input) => again.ID.tryParse(input),
    (size) => `${'n'.repeat(size)}${made++}@anywhere`,
    50,
  ),
  values(
    'ID: a long address',
    (input) => again.ID.tryParse(input),
    (size) => 'a'.repeat(size),
    64,
  ),
  values(
    'ID: longer than the limit',
    (input) => again.ID.tryParse(input),
    (size) => `${'1'.repeat(size)}@anywhere`,
    1000,
  ),
  values(
    'PEM: a long body',
    (data) => dim.PublicKey.tryParse({ algorithm: 'RSA', data }),
    (size) => pem('A'.repeat(size * 8)),
    500,
  ),
  values(
    'PEM: many lines',
    (data) => dim.PublicKey.tryParse({ algorithm: 'RSA', data }),
    (size) => pem('AAAA\n'.repeat(size)),
    500,
  ),
  values(
    'PEM: many blanks',
    (data) => dim.PublicKey.tryParse({ algorithm: 'RSA', data }),
    (size) => ' '.repeat(size) + pem('AAAA'),
    500,
  ),
  values(
    'PEM: many blocks',
    (data) => dim.PublicKey.tryParse({ algorithm: 'RSA', data }),
    (size) => pem('AAAA').repeat(size),
    50,
  ),
  values(
    'DER: many numbers',
    (data) => dim.PrivateKey.tryParse({ algorithm: 'RSA', data }),
    (size) => pem(derOf(size), 'RSA PRIVATE KEY'),
    500,
  ),
  values(
    'hex: a long key',
    (data) => dim.PrivateKey.tryParse({ algorithm: 'ECC', data }),
    (size) => '00'.repeat(size),
    500,
  ),
  values('hex', decodeHex, (size) => '0f'.repeat(size)),
  values(
    'AES: a long key',
    (data) => dim.SymmetricKey.tryParse({ algorithm: 'AES', data }),
    (size) => 'AAAA'.repeat(size),
  ),
  values(
    'document: many properties',
    (data) => dim.Document.parse({ did: SENDER, data }),
    (size) => JSON.stringify(fieldsOf(size, Number)),
  ),
  values(
    'document: many assistants',
    (data) => assistantsOf({ did: GROUP, data }),
    (size) => JSON.stringify({ assistants: ids(size) }),
  ),
  values(
    'data URI: many escapes',
    (input) => TransportableData.parse(input).bytes,
    (size) => `data:,${'%41'.repeat(size)}`,
  ),
  values(
    'data URI: many parameters',
    (input) => TransportableData.tryParse(input),
    (size) => `data:a/b${';a=b'.repeat(size)},`,
    50,
  ),
  values(
    'data URI: many commas',
    (input) => TransportableData.parse(input).bytes,
    (size) => `data:${','.repeat(size)}`,
  ),
  values(
    'base64',
    (input) => TransportableData.parse(input).bytes,
    (size) => 'AAAA'.repeat(size),
  ),
  values(
    'file: a long URL',
    (input) => NetworkFile.parse(input).toJSON(),
    (size) => `https://${'a'.repeat(size)}`,
  ),
  values(
    'file: a long name',
    (input) => NetworkFile.tryParse(parseJsonMap(input)),
    (size) => JSON.stringify({ URL: 'https://a', filename: 'a'.repeat(size) }),
  ),
  {
    name: 'cache: many entries',
    size: 1000,
    prepare(size) {
      const cache = new BoundedCache<number, number>(64);
      return () => times(size, (index) => cache.set(index, index));
    },
  },
];

function assistantsOf(document: JsonValue): unknown {
  const read = dim.Document.parse(document);
  return read instanceof Bulletin ? read.assistants : undefined;
}

function pem(body: string, label = 'PUBLIC KEY'): string {
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

/** A SEQUENCE of many small numbers, in base64. */
function derOf(count: number): string {
  const content = new Uint8Array(times(count, () => [2, 1, 0]).flat());
  return btoa(String.fromCharCode(0x30, 0x82, content.length >> 8, content.length & 0xff, ...content));
}
