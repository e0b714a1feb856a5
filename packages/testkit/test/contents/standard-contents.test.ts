/** The contents and commands of the protocol keep the contract: those of the vectors, and one of each kind that they have not. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createDim, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { checkContent } from '../../src/contents/index.ts';

const dim = createDim({ plugins: [standardPlugin(), stationPlugin] });

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../vectors/${name}.json`, import.meta.url), 'utf8'));
const { cases } = read('contents') as { readonly cases: readonly { readonly wire?: object }[] };
const messages = read('messages') as { readonly cases: readonly { readonly message?: object }[] };

const common = { sn: 1, time: 1700000000.5 };
const did = 'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc';
const group = 'group-dave@VXTfrasVnf24GGYPUCQQUsKaXwnMi8Qe7';
const module = { type: '204', ...common, app: 'chat.dim.group', group };
const others: readonly object[] = [
  { type: '255', ...common, secrets: [messages.cases[0]?.message] },
  ...[
    { command: 'handshake', title: 'DIM?', session: 'x' },
    { command: 'login', did, device: 'phone', station: { host: 'station.example', port: 9394 } },
    { command: 'report', title: 'online' },
    { command: 'mute', list: [did] },
    { command: 'block', list: [did] },
    { command: 'search', keywords: 'hulk', users: [did] },
    { command: 'storage', title: 'contacts', did, data: 'AAAA', key: 'AAAA' },
    { command: 'push', items: [{ receiver: did, aps: { alert: 'Hello' } }] },
    { command: 'ans', names: 'archivist' },
  ].map((map) => ({ type: '136', ...common, ...map })),
  ...[
    { command: 'query', group },
    { command: 'found', group },
    { command: 'abdicate', group },
    { command: 'fire', group, administrators: [did] },
    { command: 'resign', group },
    { command: 'register', did },
    { command: 'suicide', did },
  ].map((map) => ({ type: '137', ...common, ...map })),
  { ...module, mod: 'history', act: 'query', last_time: 5 },
  { ...module, mod: 'keys', act: 'update', from: did, keys: { [did]: 'AAAA', digest: 'x' } },
];

const samples = [...cases.map(({ wire = {} }) => wire), ...others].flatMap((wire) => {
  const content = dim.Content.tryParse(wire);
  return content === undefined ? [] : [{ kind: content.kind, wire }];
});
const kinds = [...new Set(samples.map(({ kind }) => kind))];

test.each(kinds)('%s', async (kind) => {
  const own = samples.filter((sample) => sample.kind === kind).map(({ wire }) => wire);
  const { checked, failures } = await checkContent(dim, kind, own);
  expect(failures).toEqual([]);
  expect(checked.length).toBeGreaterThan(5);
});

test('there is a sample of each kind', () => {
  const contents = 'text file image audio video page name-card quote money transfer array combine-forward forward';
  const commands = 'meta documents receipt handshake login report mute block search storage push ans register suicide';
  const groups = 'invite expel join quit reset found abdicate hire fire resign group-query group-history group-keys';
  const all = `${contents} ${commands} ${groups}`.split(' ');
  expect(all.filter((kind) => !kinds.some((known) => known === kind))).toEqual([]);
});
