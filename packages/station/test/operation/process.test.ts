import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
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
