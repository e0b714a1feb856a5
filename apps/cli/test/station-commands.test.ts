/** `dim station`: what `dimstation` does, by the rules of this program. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { JsonMap } from 'dimp';
import { packagedChat, withChat } from '../src/station/packaged-chat.ts';
import { stationLine } from '../src/station/station-line.ts';
import { createProgram } from '../src/program.ts';
import { dim, temporaryFolder } from './run.ts';
import { PassThrough } from 'node:stream';

const folder = temporaryFolder();
const PROGRAM = fileURLToPath(new URL('../src/main.js', import.meta.url));

test('with --json before or behind, an error is JSON, and nothing else', async () => {
  for (const line of [
    ['--json', 'station', 'users'],
    ['station', '--json', 'users'],
    ['station', 'users', '--json'],
    ['--home', 'station', '--json', 'station', 'queues'],
  ]) {
    const { code, out, err } = await dim(folder, line);
    assert.equal(code, 8, err);
    const { error } = JSON.parse(out) as { readonly error: JsonMap };
    assert.equal(error['code'], 'CONNECTION_FAILED');
  }
  const { code, out } = await dim(folder, ['--json', 'station', 'users', '--foo']);
  assert.equal(code, 2);
  assert.equal((JSON.parse(out) as { readonly error: JsonMap }).error['code'], 'USAGE_ARGUMENT');
});

test('what stands before the name is taken from what stands behind it', () => {
  const { program } = createProgram(
    {
      arguments: [],
      environment: {},
      folder,
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      signal: new AbortController().signal,
    },
    { isWhole: true },
  );
  const read = (...given: string[]) => stationLine(given, program.options);
  assert.deepEqual(read('--as', 'station', 'station', 'start', '--port', '0', '--json'), {
    name: 'start',
    rest: ['--port', '0', '--json'],
    before: ['--as', 'station'],
  });
  assert.deepEqual(read('--passphrase-file=a', 'station', '--json', 'block', '0x'), {
    name: 'block',
    rest: ['0x'],
    before: ['--passphrase-file=a', '--json'],
  });
});

test('a station that runs answers machines in JSON', { skip: process.platform === 'win32' }, async () => {
  const words = ['--json', 'station', 'start', '--port', '0', '--admin-socket', 'admin'];
  const station = spawn(process.execPath, [PROGRAM, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(station, 'close');
  let printed = '';
  station.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  const seen: string[] = [];
  try {
    const lines = createInterface({ input: station.stderr, signal: AbortSignal.timeout(30_000) });
    for await (const line of lines) {
      const { event } = JSON.parse(line) as { readonly event: string };
      seen.push(event);
      if (event.includes('not sealed')) break;
    }
    station.stderr.resume();
    assert.match(seen.at(-1) ?? '', /--passphrase-file/);
    for (const name of ['users', 'sessions', 'queues', 'queue', 'blocked']) {
      const { code, out } = await dim(folder, ['--json', 'station', name, '--admin-socket', 'admin']);
      const key = name === 'queue' ? 'queues' : name;
      assert.deepEqual([code, JSON.parse(out)], [0, { [key]: [] }]);
    }
    assert.match((await dim(folder, ['station', 'queues', '--admin-socket', 'admin'])).out, /Nothing waits/);
    const wrongId = await dim(folder, ['--json', 'station', 'block', 'x', '--admin-socket', 'admin']);
    const { error } = JSON.parse(wrongId.out) as { readonly error: JsonMap };
    assert.deepEqual([wrongId.code, error['code']], [1, 'INPUT_FORMAT']);
  } finally {
    station.kill('SIGTERM');
    await closed;
  }
  assert.equal(printed, '');
});

test('--web without a folder has the chat that is installed', async () => {
  const chat = (): string => '/chat';
  assert.deepEqual(withChat(['--web'], chat), ['--web', '/chat']);
  assert.deepEqual(withChat(['--web', '--port', '1'], chat), ['--web', '/chat', '--port', '1']);
  assert.deepEqual(withChat(['--port', '1', '--web', 'own'], chat), ['--port', '1', '--web', 'own']);
  assert.deepEqual(withChat(['--web=own', '--port'], chat), ['--web=own', '--port']);
  const nowhere = (): string => {
    throw new Error('MODULE_NOT_FOUND');
  };
  assert.throws(() => packagedChat(nowhere), { code: 'USAGE_ARGUMENT', reason: /dim-web is not installed/ });
  assert.throws(() => packagedChat(() => join(folder, 'package.json')), {
    code: 'USAGE_ARGUMENT',
    reason: /not built at .*dist.page: `pnpm --filter dim-web build`/,
  });
  mkdirSync(join(folder, 'dist', 'page'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'page', 'index.html'), '');
  assert.equal(
    packagedChat(() => join(folder, 'package.json')),
    join(folder, 'dist', 'page'),
  );
  const { code, err } = await dim(folder, ['station', 'start', '--web', 'nowhere']);
  assert.equal(code, 2);
  assert.match(err, /web must be a folder with a page: .*nowhere has no index\.html/);
});
