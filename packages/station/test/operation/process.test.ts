import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newFolder, removeFolders } from './folders.ts';

/** Below what the bundle imports. */
const CACHE = resolve('.cache', `process-${process.pid}`);
const running = new Set<ChildProcess>();

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['test/operation/bundle.mjs', CACHE]);
});

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(CACHE, { recursive: true, force: true });
  removeFolders();
});

interface Options {
  readonly folder?: string;
  readonly isSlow?: boolean;
  readonly name?: 'process' | 'main';
}

function begin(line: readonly string[], { folder = newFolder(), isSlow = false, name = 'process' }: Options = {}) {
  const env = { PATH: process.env['PATH'], SLOW: isSlow ? 'yes' : 'no' };
  const child = spawn(process.execPath, [join(CACHE, `${name}.mjs`), ...line], { cwd: folder, env });
  running.add(child);
  let text = '';
  const heard: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      for (const listener of heard) listener();
    });
  const ended = (async () => {
    await once(child, 'close');
    running.delete(child);
    return { code: child.exitCode, text };
  })();
  const wrote = async (part: string) =>
    new Promise<void>((found, failed) => {
      const look = () => {
        if (text.includes(part)) found();
      };
      heard.push(look);
      look();
      child.once('close', () => failed(new Error(`ended without "${part}": ${text}`)));
    });
  return { child, folder, ended, wrote };
}

describe('the process', () => {
  test('runs until a signal, and is asked meanwhile', async () => {
    const station = begin(['--admin-socket', 'admin']);
    const { folder } = station;
    await station.wrote('"started"');
    const status = await begin(['status', '--admin-socket', 'admin'], { folder }).ended;
    expect(status).toMatchObject({ code: 0, text: expect.stringContaining('ok') as unknown });
    expect((statSync(join(folder, 'dimstation', 'identity.json')).mode & 0o777).toString(8)).toBe('600');
    station.child.kill('SIGTERM');
    expect(await station.ended).toMatchObject({ code: 0, text: expect.stringContaining('"stopped"') as unknown });
  });

  test('goes on when a signal says that files are to be read again', async () => {
    const station = begin(['--admin-socket', 'admin']);
    await station.wrote('"started"');
    station.child.kill('SIGHUP');
    await station.wrote('there is no certificate to read again');
    station.child.kill('SIGTERM');
    expect((await station.ended).code).toBe(0);
  });

  test('ends gently where nobody reads its log any more', async () => {
    const station = begin(['--admin-socket', 'admin']);
    await station.wrote('"started"');
    station.child.stderr.destroy();
    // It has something to write then, and hears that nobody reads.
    station.child.kill('SIGHUP');
    expect((await station.ended).code).toBe(0);
  });

  test('ends at once by a second signal', async () => {
    const station = begin(['--admin-socket', 'admin', '--grace-seconds', '3600'], { isSlow: true });
    await station.wrote('"started"');
    station.child.kill('SIGTERM');
    await station.wrote('"draining"');
    station.child.kill('SIGINT');
    expect((await station.ended).code).toBe(130);
  });
});

describe('the executable', () => {
  const start = ['--port', '0', '--admin-socket', 'admin'];
  const idIn = (text: string) => /"id":"([^"]*)"/.exec(text)?.[1];

  test('is a station: the same one at its next start, and from a backup', async () => {
    const station = begin(start, { name: 'main' });
    const { folder } = station;
    await station.wrote('"started"');
    const ask = async (...words: readonly string[]) =>
      begin([...words, '--admin-socket', 'admin'], { name: 'main', folder }).ended;
    expect(await ask('status')).toMatchObject({ code: 0, text: expect.stringMatching(/^STATUS +ok$/m) as unknown });
    expect(await ask('users')).toEqual({ code: 0, text: 'Nobody is known yet.\n' });
    expect((await ask('sessions')).text).toBe('Nobody is logged in.\n');
    expect((await ask('queues')).text).toBe('Nothing waits.\n');
    expect((await ask('backup', 'copy.db')).code).toBe(0);
    expect((await ask('backup', 'copy.db')).code).toBe(1);
    expect((statSync(join(folder, 'copy.db')).mode & 0o777).toString(8)).toBe('600');
    // One folder is for one station.
    const second = await begin(['--port', '0', '--admin-port', '0'], { name: 'main', folder }).ended;
    expect(second.code).toBe(1);
    station.child.kill('SIGTERM');
    const first = await station.ended;
    expect(first.code).toBe(0);

    const data = join(folder, 'restored');
    mkdirSync(data, { mode: 0o700 });
    copyFileSync(join(folder, 'copy.db'), join(data, 'station.db'));
    copyFileSync(join(folder, 'dimstation', 'identity.json'), join(data, 'identity.json'));
    const restored = begin([...start, '--data', 'restored'], { name: 'main', folder });
    await restored.wrote('"started"');
    restored.child.kill('SIGINT');
    const again = await restored.ended;
    expect(again.code).toBe(0);
    expect(idIn(again.text)).toBe(idIn(first.text));
  });

  test('a service that is told what waits knows the station by a secret', async () => {
    const { code, text } = await begin([...start, '--push-url', 'https://push.example'], { name: 'main' }).ended;
    expect([code, text.split('\n').length]).toEqual([2, 2]);
    expect(text).toContain('push-url needs push-secret-file, or DIM_STATION_PUSH_SECRET');
  });

  test.each<[readonly string[], number, string]>([
    [['--help'], 0, 'Usage: dimstation'],
    [['--print-config'], 0, 'admin-port'],
    [['--prot', '1'], 2, "dimstation: unknown option '--prot' (Did you mean --port?)\n"],
    [['status'], 3, 'admin-token is not there'],
  ])('%j', async (line, code, text) => {
    expect(await begin(line, { name: 'main' }).ended).toMatchObject({
      code,
      text: expect.stringContaining(text) as unknown,
    });
  });
});
