import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { silentLogger } from 'dimsdk';
import { stationDim } from '../../src/operation/dim.ts';
import { configure } from '../../src/operation/options/configure.ts';
import { startStation } from '../../src/operation/start-station.ts';
import { createStation, noMeter, openSqliteEngine } from '../../src/index.ts';
import { stationIdentity } from '../../src/operation/identity/station-identity.ts';
import { newFolder, removeFolders } from './folders.ts';

afterAll(removeFolders);

const dim = stationDim();

async function startOf(flags: Readonly<Record<string, string>>) {
  const folder = newFolder();
  const path = join(folder, 'identity.json');
  const { user: identity } = await stationIdentity({ dim, path, name: 'here', vault: undefined });
  const given = { port: '0', ...flags, neighbors: (flags['neighbors'] ?? '').replace('SELF', String(identity.id)) };
  const { settings } = configure({ flags: given, environment: {}, folder });
  const database = join(folder, 'station.db');
  const files = join(folder, 'files');
  return { dim, identity, settings, database, files, tls: undefined, logger: silentLogger, meter: noMeter };
}

test('an ID is spelled alike in all lists', async () => {
  const start = await startOf({});
  const alice = await dim.createUser({ name: 'Alice' });
  const key = alice.id.entityKey;
  const id = alice.id.toString();
  expect(key).not.toBe(id);
  const engine = await openSqliteEngine({ path: start.database });
  const documents = alice.visas.map(({ fields }) => fields);
  const value = { meta: alice.meta.fields, isProven: true, documents };
  await engine.records.write([{ table: 'user', key, value, writtenAt: 1 }]);
  const posting = {
    boxes: [{ user: key, terminal: '' }],
    sender: 'bob',
    bytes: new Uint8Array([1]),
    mark: 'm',
    keptAt: Date.now() / 1000,
  };
  await engine.mailbox.append([posting], { messages: 10, bytes: 1000, senderShare: 1 });
  const before = await createStation({ dim, identity: start.identity, engine });
  await before.block(alice.id);
  await before.close();
  await engine.close();

  const station = await startStation(start);
  try {
    expect((await station.users(10)).map((user) => [user.id, user.isBlocked])).toEqual([[id, true]]);
    expect((await station.queues(10)).map(({ user }) => user)).toEqual([id]);
    expect(station.blocking.list(10).map(({ user }) => user)).toEqual([id]);
  } finally {
    await station.close(0);
  }
});

test('a station is no neighbor of its own', async () => {
  const start = await startOf({ neighbors: 'tcp://127.0.0.1:1#SELF' });
  await expect(startStation(start)).rejects.toMatchObject({
    code: 'USAGE_ARGUMENT',
    path: '',
    reason: `neighbors must be other stations: ${start.identity.id.toString()} is this one`,
  });
});

async function get(
  station: { readonly chat: string | undefined; readonly addresses: readonly string[] },
  path: string,
) {
  const base = station.chat ?? `http://${station.addresses[0]?.slice('tcp://'.length) ?? ''}/`;
  return fetch(new URL(path, base));
}

test('gives a chat, keeps files with it, and both end with the station', async () => {
  const page = newFolder();
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>DIM</title>');
  const start = await startOf({ web: page });
  const station = await startStation(start);
  try {
    expect(station.chat).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await (await get(station, './')).text()).toBe('<!doctype html><title>DIM</title>');
    expect(await (await get(station, 'config.json')).json()).toEqual({
      station: './',
      id: start.identity.id.toString(),
      files: './upload/{ID}/file',
      fileBytes: 64 * 1024 * 1024,
    });
    const alice = await dim.createUser({ name: 'Alice' });
    const form = new FormData();
    form.append('file', new File(['hello'], 'file.png'));
    const address = new URL(`upload/${alice.id.address.toString()}/file`, station.chat);
    const upload = async () =>
      (await (await fetch(address, { method: 'POST', body: form })).json()) as { readonly url: string };
    const answer = await upload();
    expect(await (await fetch(answer.url)).text()).toBe('hello');
    expect((await station.counts()).files).toEqual({ files: 1, bytes: 16 * 1024 });
    await station.blocking.block(alice.id);
    expect(await upload()).toMatchObject({ code: 400 });
  } finally {
    await station.close(0);
  }
});

test('keeps files without a chat where it is told so, and neither where nothing is said', async () => {
  const station = await startStation(await startOf({ 'files-total-bytes': '64MiB' }));
  try {
    expect(station.chat).toBeUndefined();
    expect((await get(station, '/')).status).toBe(404);
    expect(await (await get(station, '/config.json')).json()).toMatchObject({ files: './upload/{ID}/file' });
  } finally {
    await station.close(0);
  }
  const plain = await startStation(await startOf({}));
  try {
    expect((await get(plain, '/config.json')).status).toBe(404);
  } finally {
    await plain.close(0);
  }
});

test('a chat that is none ends the start before anything is opened', async () => {
  const start = await startOf({ web: newFolder() });
  await expect(startStation(start)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT' });
});

test('a page of elsewhere opens no WebSocket, unless the operator lets it', async () => {
  const connecting = async (flags: Readonly<Record<string, string>>): Promise<number | undefined> => {
    const station = await startStation(await startOf(flags));
    try {
      const headers = { Origin: 'https://web.example', Connection: 'Upgrade', Upgrade: 'websocket' };
      const key = { 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64') };
      const asked = request(new URL((station.addresses[1] ?? '').replace('ws', 'http')), {
        headers: { ...headers, ...key },
      });
      asked.end();
      const answer: unknown[] = await Promise.race([once(asked, 'upgrade'), once(asked, 'response')]);
      asked.destroy();
      return (answer[0] as IncomingMessage).statusCode;
    } finally {
      await station.close(0);
    }
  };
  expect(await connecting({})).toBe(403);
  expect(await connecting({ 'connect-origins': 'https://web.example' })).toBe(101);
  expect(await connecting({ 'public-host': 'chat.example' })).toBe(101);
});
