import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { silentLogger } from 'dimsdk';
import { askStation } from '../../src/operation/admin/admin-client.ts';
import { healthOf, type StationState } from '../../src/operation/admin/health.ts';
import { adminRoutes } from '../../src/operation/admin/routes.ts';
import { serveAdmin, type AdminPlace, type AdminServer } from '../../src/operation/admin/serve-admin.ts';
import { stationDim } from '../../src/operation/dim.ts';
import { createMetrics } from '../../src/operation/metrics/metrics.ts';
import { newFolder, removeFolders } from './folders.ts';
import { COUNTS, TestStation } from './test-station.ts';

const dim = stationDim();
const USER = '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b';
const TOKEN = 'a-token-of-a-test';
const servers: AdminServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
afterAll(removeFolders);

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function adminOf(place: AdminPlace = { host: '127.0.0.1', port: 0 }) {
  const station = new TestStation();
  const state: StationState = { is: 'running', station };
  const metrics = createMetrics();
  const routes = adminRoutes({ dim, id: dim.ID.parse(USER), version: '1.2.3', startedAt: 1, state, metrics });
  const server = await serveAdmin({ place, token: TOKEN, routes, logger: silentLogger });
  servers.push(server);
  const port = 'port' in place ? Number(new URL(server.address).port) : 0;
  const to = 'socket' in place ? { socketPath: place.socket } : { host: '127.0.0.1', port };
  const ask = async (path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
    new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
      const outgoing = request({ ...to, path, method, headers }, (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
        incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  const withToken = { authorization: `Bearer ${TOKEN}` };
  const post = async (path: string, body: object | string) =>
    ask(path, {
      method: 'POST',
      headers: { ...withToken, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { station, state, metrics, server, port, ask, post, withToken };
}

describe('health', () => {
  test('is 200 while it accepts and its store answers, else 503', async () => {
    const { ask, state, station } = await adminOf();
    expect(await ask('/health')).toEqual({ status: 200, text: '{"status":"ok"}\n' });
    station.store = 'fails';
    expect(await ask('/health')).toEqual({ status: 503, text: '{"status":"failing"}\n' });
    station.store = 'answers';
    state.is = 'draining';
    expect(await ask('/health')).toEqual({ status: 503, text: '{"status":"draining"}\n' });
    Object.assign(state, { is: 'starting', station: undefined });
    expect(await ask('/health')).toEqual({ status: 503, text: '{"status":"starting"}\n' });
  });

  test('waits for no store that hangs', async () => {
    const station = new TestStation();
    station.store = 'hangs';
    expect(await healthOf({ is: 'running', station }, 1)).toEqual({ status: 'failing', counts: undefined });
  });
});

describe('metrics', () => {
  test('are counters, gauges and the process, in names of their own', async () => {
    const { ask, metrics, station } = await adminOf();
    metrics.meter.add('payloads');
    metrics.meter.add('payloads', 2);
    metrics.meter.add('shut-out');
    const { status, text } = await ask('/metrics');
    expect(status).toBe(200);
    const lines = text.split('\n');
    for (const line of [
      '# HELP dimstation_payloads_total Payloads that came from clients.',
      '# TYPE dimstation_payloads_total counter',
      'dimstation_payloads_total 3',
      'dimstation_shut_out_total 1',
      'dimstation_expired_total 0',
      'dimstation_up 1',
      'dimstation_connections 3',
      'dimstation_sessions 2',
      'dimstation_users 5',
      'dimstation_mailbox_boxes 1',
      'dimstation_mailbox_messages 7',
      'dimstation_mailbox_bytes 700',
    ])
      expect(lines).toContain(line);
    expect(text).toMatch(/^dimstation_nodejs_eventloop_lag_seconds \d/m);
    expect(text).toMatch(/^dimstation_process_resident_memory_bytes \d/m);
    const names = lines.filter((line) => line !== '' && !line.startsWith('#'));
    expect(names.filter((line) => !line.startsWith('dimstation_'))).toEqual([]);
    station.store = 'fails';
    expect((await ask('/metrics')).text).toContain('\ndimstation_up 0\n');
  });

  test('of two stations in a process are their own', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.meter.add('logins');
    expect(await one.text(COUNTS)).toContain('dimstation_logins_total 1');
    expect(await other.text(COUNTS)).toContain('dimstation_logins_total 0');
  });
});

describe('who is answered', () => {
  test.each(['/status', '/users', '/sessions', '/queues', '/blocked'])('%s needs the token', async (path) => {
    const { ask, withToken } = await adminOf();
    const needed = '{"error":"needs \\"Authorization: Bearer\\" with what is in admin-token of the data folder"}\n';
    expect(await ask(path)).toEqual({ status: 401, text: needed });
    expect((await ask(path, { headers: { authorization: 'Bearer another' } })).status).toBe(401);
    expect((await ask(path, { headers: { authorization: TOKEN } })).status).toBe(401);
    expect((await ask(path, { headers: withToken })).status).toBe(200);
  });

  test('no web page, whatever it knows', async () => {
    const { ask, withToken } = await adminOf();
    for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
      for (const path of ['/users', '/metrics', '/health'])
        expect(await ask(path, { headers: { ...withToken, ...headers } })).toEqual({
          status: 403,
          text: '{"error":"web pages are not answered"}\n',
        });
  });

  test('no name that somebody lets point here', async () => {
    const { ask, withToken, port } = await adminOf();
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '10.0.0.1'])
      for (const path of ['/users', '/metrics', '/health'])
        expect((await ask(path, { headers: { ...withToken, host } })).status).toBe(403);
    for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect((await ask('/users', { headers: { ...withToken, host } })).status).toBe(200);
  });

  test('a form of a page cannot say what it is', async () => {
    const { ask, station, withToken } = await adminOf();
    const body = JSON.stringify({ id: USER });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { ...withToken, 'content-type': type };
      expect((await ask('/block', { method: 'POST', headers, body })).status).toBe(415);
    }
    expect(station.blocked.size).toBe(0);
  });

  test('what is not there, and how it is not asked', async () => {
    const { ask, post, withToken } = await adminOf();
    expect((await ask('/secret')).status).toBe(401);
    expect((await ask('/secret', { headers: withToken })).status).toBe(404);
    expect((await ask('//', { headers: withToken })).status).toBe(404);
    expect((await post('/users', {})).status).toBe(405);
    expect((await ask('/block', { headers: withToken })).status).toBe(405);
    expect(await ask('/health', { method: 'HEAD' })).toEqual({ status: 200, text: '' });
  });
});

describe('what is asked', () => {
  test('block and unblock', async () => {
    const { post } = await adminOf();
    expect(await post('/block', { id: USER })).toEqual({ status: 200, text: '{"changed":true}\n' });
    expect(await post('/block', { id: USER })).toEqual({ status: 200, text: '{"changed":false}\n' });
    expect(await post('/unblock', { id: USER })).toEqual({ status: 200, text: '{"changed":true}\n' });
    for (const body of [{}, { id: 'nobody' }, { id: 'everyone@everywhere' }, { id: 7 }, '{', '[]'])
      expect((await post('/block', body)).status).toBe(400);
    expect((await post('/block', `{"id":"${'a'.repeat(20_000)}"}`)).status).toBe(400);
  });

  test('rows of a list', async () => {
    const { ask, withToken: headers } = await adminOf();
    const { text } = await ask('/users?limit=1', { headers });
    expect((JSON.parse(text) as { readonly users: readonly unknown[] }).users).toHaveLength(1);
    for (const limit of ['0', '-1', 'x', '10001'])
      expect((await ask(`/users?limit=${limit}`, { headers })).status).toBe(400);
  });

  test('a backup is for its owner alone, and over no other file', async () => {
    const { post, station } = await adminOf();
    const file = join(newFolder(), 'copy.db');
    expect(await post('/backup', { file })).toEqual({ status: 200, text: `{"file":"${file}"}\n` });
    expect(readFileSync(file, 'utf8')).toBe('copy');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    const again = await post('/backup', { file });
    expect(again).toEqual({ status: 400, text: `{"error":"file ${file} is there already"}\n` });
    expect((await post('/backup', { file: 'copy.db' })).text).toBe('{"error":"file must be an absolute path"}\n');
    station.store = 'fails';
    const other = `${file}.other`;
    expect(await post('/backup', { file: other })).toEqual({ status: 500, text: '{"error":"the disk is gone"}\n' });
    expect(existsSync(other)).toBe(false);
  });
});

describe('a Unix socket', () => {
  test('is for its owner, is asked by the same client, and replaces a dead one', async () => {
    const socket = join(newFolder(), 'admin');
    const { server } = await adminOf({ socket });
    expect(server.address).toBe(`unix:${socket}`);
    expect((statSync(socket).mode & 0o777).toString(8)).toBe('600');
    const place = { socket };
    expect(await askStation({ place, token: TOKEN }, '/block', { id: USER })).toEqual({ changed: true });
    await expect(askStation({ place, token: 'another' }, '/status')).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      reason: `the program at ${socket} does not take the token in this data folder: is it another station?`,
    });
    await expect(adminOf({ socket })).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      reason: `admin-socket cannot be made at ${socket}: another program has it`,
    });
  });

  test('needs a folder, and a path that systems take whole', async () => {
    const folder = newFolder();
    await expect(adminOf({ socket: join(folder, 'none', 's') })).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      reason: `admin-socket cannot be made at ${folder}/none/s: the folder ${folder}/none is not there`,
    });
    const long = join(folder, 'x'.repeat(150));
    await expect(adminOf({ socket: long })).rejects.toMatchObject({
      code: 'USAGE_ARGUMENT',
      reason: `admin-socket must be a path of 103 bytes or less: ${long} is longer`,
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is no file of somebody else', async () => {
    const socket = join(newFolder(), 'letter.txt');
    writeFileSync(socket, 'dear');
    await expect(adminOf({ socket })).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      reason: `admin-socket cannot be made at ${socket}: there is a file of that name, which is no socket`,
    });
    expect(readFileSync(socket, 'utf8')).toBe('dear');
  });
});

test('a port that is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { readonly port: number };
  await expect(adminOf({ host: '127.0.0.1', port })).rejects.toMatchObject({
    reason: `the admin port cannot listen at 127.0.0.1 port ${port}: another program has it`,
  });
  await new Promise((resolve) => other.close(resolve));
});
