/** Contents of kinds that the vectors do not have, in the shapes of several years. */
import type { JsonValue } from '../json-tree.ts';

const HULK = 'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc';
const MOKI = 'moki@1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk';
const GROUP = 'group-dave@VXTfrasVnf24GGYPUCQQUsKaXwnMi8Qe7';
const SIGNED = {
  sender: HULK,
  receiver: MOKI,
  time: 1_700_000_000,
  data: 'AAAA',
  signature: 'AAAA',
  keys: { [MOKI]: 'AAAA' },
};
const SAID = { sender: HULK, receiver: MOKI, time: 1_700_000_000, content: { type: '1', sn: 7, text: 'Hi' } };

/** The fields that all contents have. */
function content(type: string, fields: { [name: string]: JsonValue }): JsonValue {
  return { type, sn: 123, time: 1_700_000_000.5, ...fields };
}

function command(name: string, fields: { [name: string]: JsonValue } = {}): JsonValue {
  return content('136', { command: name, ...fields });
}

function groupCommand(name: string, fields: { [name: string]: JsonValue } = {}): JsonValue {
  return content('137', { command: name, group: GROUP, ...fields });
}

export const contentSamples: readonly JsonValue[] = [
  { T: 1, N: 123, W: '1700000000.5', G: GROUP, text: 'Hi' },
  content('16', { data: 'data:text/plain;base64,SGVsbG8=', filename: 'a.txt' }),
  content('18', {
    URL: 'https://example.com/a.png',
    thumbnail: 'data:image/png;base64,UE5H',
    password: { algorithm: 'AES' },
  }),
  content('22', { URL: 'https://example.com/a.mp4', snapshot: 'https://example.com/a.png' }),
  content('32', {
    URL: 'https://example.com',
    title: 'A',
    desc: 'B',
    icon: 'data:,x',
    mime_type: 'text/html',
    base: '',
  }),
  content('51', { ID: HULK, name: 'Hulk', avatar: { URL: 'https://example.com/a.png' } }),
  content('55', { text: 'Me too', origin: { sender: HULK, receiver: GROUP, type: '1', sn: 7, time: 1 } }),
  content('65', { currency: 'USD', amount: 10.5, remitter: HULK, remittee: MOKI }),
  content('202', { contents: [content('1', { text: 'a' }), content('202', { contents: [] })] }),
  content('204', { app: 'chat.dim.group', mod: 'history', act: 'query', group: GROUP, last_time: 1 }),
  content('204', {
    app: 'chat.dim.group',
    mod: 'keys',
    act: 'update',
    group: GROUP,
    from: HULK,
    keys: { [MOKI]: 'AAAA', digest: 'd' },
  }),
  content('204', {
    app: 'chat.dim.group',
    mod: 'keys',
    act: 'query',
    group: GROUP,
    from: HULK,
    to: [MOKI],
    digest: 'd',
  }),
  content('160', { app: 'a', mod: 'b', act: 'c', extra: { __proto__: null, deep: [1, [2, [3]]] } }),
  content('207', { title: 'Chat', messages: [SAID, SAID] }),
  content('255', { forward: SIGNED }),
  content('255', { secrets: [SIGNED, SIGNED] }),
  content('999', { anything: 18_446_744_073_709_552_000 }),
  command('handshake', { title: 'DIM?', session: 's' }),
  command('login', {
    did: HULK,
    agent: 'a',
    device: 'd',
    station: { did: MOKI, host: 'a.b', port: 9394 },
    provider: { did: MOKI },
  }),
  command('report', { title: 'online' }),
  command('ans', { names: 'a b', records: { a: HULK } }),
  command('mute', { list: [HULK] }),
  command('block', { list: [HULK, MOKI] }),
  command('search', { keywords: 'a b', start: 0, limit: 50 }),
  command('search', { users: [HULK], results: { [HULK]: { name: 'Hulk' } } }),
  command('storage', { title: 'contacts', did: HULK, data: 'AAAA', key: 'AAAA' }),
  command('push', { items: [{ receiver: HULK, title: 't', body: 'b', badge: 1 }] }),
  command('receipt', { text: 'ok', origin: { sender: HULK, sn: 7, signature: 'AAAA' } }),
  command('receipt', { text: 'ok', sender: HULK, signature: 'AAAA', envelope: { sender: HULK } }),
  command('profile', { ID: HULK, profile: '{"name":"Hulk"}', signature: 'AAAA' }),
  command('documents', { did: HULK, last_time: 1 }),
  command('unheard', { group: GROUP }),
  content('137', { command: 'register', did: HULK }),
  content('137', { command: 'suicide' }),
  groupCommand('invite', { members: [HULK, MOKI] }),
  groupCommand('expel', { member: HULK }),
  groupCommand('reset', { members: [HULK], owner: MOKI }),
  groupCommand('query', { last_time: '1.5' }),
  ...['join', 'quit', 'found', 'abdicate', 'hire', 'fire', 'resign'].map((name) =>
    groupCommand(name, { members: [HULK] }),
  ),
];
