/** Values for contents of every kind. */
import type { JsonMap } from 'dimp';

/** What the values of a content may name. */
export interface Names {
  /** A person of each side. */
  readonly writer: string;
  readonly reader: string;
  readonly group: string;
  /** The meta and a visa of the writer's person, as JSON text. */
  readonly meta: string;
  readonly visa: string;
  /** The key of a file, as JSON text. */
  readonly fileKey: string;
}

/** A row: the kind, what is special about it, and its values. */
export interface ContentRow {
  readonly kind: string;
  readonly name: string;
  values(names: Names): JsonMap;
  /** What is read, where it is not what was written. */
  expected?(names: Names): JsonMap;
}

const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';
const origin = ({ writer, reader }: Names): JsonMap => ({ sender: writer, receiver: reader, originSn: '12345' });
const members = ({ writer, reader, group }: Names): JsonMap => ({ group, members: [writer, reader] });

function row(kind: string, values: ContentRow['values'], name = kind): ContentRow {
  return { kind, name, values };
}

/** The contents and commands of the protocol. */
export const CONTENT_ROWS: readonly ContentRow[] = [
  row('text', () => ({ text: 'Hello' })),
  row('text', ({ group }) => ({ text: 'Hello', group }), 'text for a group'),
  row('text', () => ({ text: 'Hello', more: '{"x":{"y":[1,2,null]},"SDT":1700000000.5}' }), 'text with unknown fields'),
  row('file', () => ({ filename: 'a.txt', data: 'SGVsbG8=' }), 'file, inline'),
  row('file', ({ fileKey }) => ({ filename: 'a.txt', url: 'https://example.com/1', key: fileKey }), 'file with a key'),
  row('image', () => ({ filename: 'i.png', url: 'https://example.com/i.png', picture: PICTURE })),
  row(
    'image',
    ({ fileKey }) => ({ filename: 'i.png', url: 'https://example.com/1', key: fileKey }),
    'image with a key',
  ),
  row('audio', () => ({ filename: 'a.mp3', url: 'https://example.com/a', text: 'what is said' })),
  row('audio', () => ({ filename: 'a.mp3', data: 'SGVsbG8=', more: '{"duration":3.5}' }), 'audio, inline'),
  row('video', () => ({ filename: 'v.mp4', url: 'https://example.com/v', picture: 'https://example.com/s.jpg' })),
  row(
    'video',
    ({ fileKey }) => ({ filename: 'v.mp4', url: 'https://example.com/v', key: fileKey }),
    'video with a key',
  ),
  row('page', () => ({ url: 'https://example.com/', title: 'Title', desc: 'What it is', icon: PICTURE })),
  row('page', () => ({ url: 'https://example.com/', title: 'Title', html: '<p>Hi</p>' }), 'page with HTML'),
  row('card', ({ reader }) => ({ did: reader, name: 'Somebody', avatar: 'https://example.com/avatar.png' })),
  row('card', ({ reader }) => ({ did: reader, name: 'Somebody' }), 'card without an avatar'),
  row('quote', (names) => ({ text: 'Yes', ...origin(names) })),
  row('money', () => ({ currency: 'USD', amount: 12.5 })),
  row('transfer', ({ writer, reader }) => ({
    currency: 'BTC',
    amount: 0.00000001,
    remitter: writer,
    remittee: reader,
  })),
  {
    kind: 'array',
    name: 'array',
    values: () => ({ contents: ['one', 'two'].map((item) => ({ kind: 'text', values: { text: item } })) }),
    expected: () => ({ texts: ['one', 'two'] }),
  },
  row('combine', ({ writer, reader }) => ({
    title: 'Our chat',
    messages: ['one', 'two'].map((item) => ({ sender: writer, receiver: reader, text: item })),
  })),
  row('customized', () => ({ app: 'chat.dim.test', mod: 'drift_bottle', act: 'throw', more: '{"bottle":{"n":1}}' })),
  row(
    'map',
    () => ({ map: '{"type":"160","sn":7,"time":1700000000.5,"app":"chat.dim.test","extra":{"a":[1]}}' }),
    'application',
  ),
  row(
    'map',
    () => ({ map: '{"type":"999","sn":7,"time":1700000000.5,"anything":[{"at":"all"}]}' }),
    'any other content',
  ),
  row('command', () => ({ command: 'unheard-of', more: '{"x":1}' }), 'any other command'),
  row('meta', ({ reader }) => ({ did: reader }), 'meta query'),
  row('meta', ({ writer, meta }) => ({ did: writer, meta })),
  row('documents', ({ reader }) => ({ did: reader }), 'documents query'),
  row('documents', ({ reader }) => ({ did: reader, lastTime: 1700000000.5 }), 'documents query since'),
  row('documents', ({ writer, visa }) => ({ did: writer, documents: [visa] })),
  row('documents', ({ writer, meta, visa }) => ({ did: writer, meta, documents: [visa] }), 'documents with meta'),
  row('receipt', (names) => ({ text: 'Delivered', ...origin(names), signature: 'c2lnbmF0dXJl' })),
  row('invite', members),
  row('expel', members),
  row('join', ({ group }) => ({ group })),
  row('quit', ({ group }) => ({ group })),
  row('reset', members),
  row('map', ({ group }) => ({ map: historyMap('found', { group }) }), 'found'),
  row('map', ({ group }) => ({ map: historyMap('abdicate', { group }) }), 'abdicate'),
  row('hire', ({ group, writer, reader }) => ({ group, administrators: [writer, reader] })),
  row('fire', ({ group, reader }) => ({ group, administrators: [reader] })),
  row('resign', ({ group }) => ({ group })),
  row('map', ({ writer }) => ({ map: historyMap('register', { did: writer }) }), 'register'),
  row('map', ({ writer }) => ({ map: historyMap('suicide', { did: writer }) }), 'suicide'),
  row('handshake', () => ({ title: 'Hello world!' }), 'handshake: start'),
  row('handshake', () => ({ title: 'Hello world!', session: 's-1' }), 'handshake: restart'),
  row('handshake', () => ({ title: 'DIM?', session: 's-1' }), 'handshake: again'),
  row('handshake', () => ({ title: 'DIM!' }), 'handshake: success'),
  row('login', ({ writer, reader }) => ({
    did: writer,
    agent: 'test/1.0',
    device: 'phone-1',
    station: reader,
    host: '192.0.2.1',
    port: 9394,
  })),
  row('report', () => ({ title: 'online' })),
  row('ans', ({ reader }) => ({ records: { somebody: reader } })),
  row('block', ({ reader }) => ({ list: [reader] })),
  row('mute', ({ reader }) => ({ list: [reader] })),
];

function historyMap(command: string, own: JsonMap): string {
  return JSON.stringify({ type: '137', sn: 7, time: 1700000000.5, command, ...own });
}
