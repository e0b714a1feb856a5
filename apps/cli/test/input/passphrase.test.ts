/** Where passphrases come from: what is wrong with that is told as such, and is never a matter of the keys. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.js');
const alice = personIn(folder, 'alice');
await alice.json('id', 'new', '--name', 'Alice');
writeFileSync(join(folder, 'empty'), '');
writeFileSync(join(folder, 'right'), `${alice.environment.DIM_PASSPHRASE}\n`);

const CHANGE = ['doc', 'sign', '--name', 'Alicia'];

for (const [option, value, says] of [
  ['--passphrase-file', 'nope', /nope is not there/],
  ['--passphrase-file', 'empty', /--passphrase-file must have the passphrase in its first line/],
  ['--passphrase-fd', '99', /--passphrase-fd must be the number of a file that is open: 99 is none/],
  ['--passphrase-fd', 'x', /--passphrase-fd must be the number of a file that is open, not x/],
] as const)
  test(`${option} ${value} is a wrong command line, whatever is asked`, async () => {
    for (const line of [CHANGE, ['contact', 'list'], ['id', 'new', '--name', 'B']]) {
      const { code, err } = await alice.run([...line, option, value]);
      assert.equal(code, 2, err);
      assert.match(err, says);
    }
    const { code } = await personIn(folder, 'nobody').run(['id', 'new', '--name', 'B', option, value]);
    assert.equal(code, 2);
    assert.equal(existsSync(join(folder, 'nobody')), false, 'no home is made');
  });

test('a file of an exported identity whose passphrase is not there is a wrong command line too', async () => {
  const environment = { DIM_FILE_PASSPHRASE: 'another' };
  assert.equal((await alice.run(['id', 'export', '--file', 'alice.dim'], { environment })).code, 0);
  const { code, err } = await alice.run(['id', 'import', 'alice.dim', '--file-passphrase-file', 'nope']);
  assert.equal(code, 2, err);
  assert.match(err, /nope is not there/);
});

test('a passphrase in a file opens the home', async () => {
  const environment = { DIM_PASSPHRASE: '' };
  const { code, err } = await alice.run([...CHANGE, '--passphrase-file', 'right'], { environment });
  assert.equal(code, 0, err);
});

/** The program with a pipe as 3, in a process of its own: there Node has only the open files of Node. */
function inProcess(line: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...line], {
    cwd: folder,
    env: { ...process.env, DIM_HOME: alice.environment.DIM_HOME, DIM_PASSPHRASE: '' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  const code = once(child, 'exit').then(([status]) => status as number | null);
  return { child, code };
}

test('a pipe gives its first line, and need not end', { skip: process.platform === 'win32' }, async () => {
  const { child, code } = inProcess([...CHANGE, '--passphrase-fd', '3']);
  (child.stdio[3] as NodeJS.WritableStream).write(`${alice.environment.DIM_PASSPHRASE}\n`);
  assert.equal(await code, 0);
});

test('open files of Node itself are none', { skip: process.platform === 'win32' }, async () => {
  // One process for all of them: each is refused before a home is opened, and leaves no file open behind it.
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'every-descriptor.js'), folder, alice.environment.DIM_HOME, ...CHANGE],
    { stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000, killSignal: 'SIGKILL' },
  );
  const codes = JSON.parse(await text(child.stdout)) as Record<string, number>;
  assert.deepEqual(
    Object.keys(codes),
    Array.from({ length: 20 }, (_, index) => String(4 + index)),
  );
  for (const [fd, code] of Object.entries(codes)) assert.equal(code, 2, fd);
});

test('SIGTERM ends a wait for a pipe', { skip: process.platform === 'win32' }, async () => {
  const { child, code } = inProcess([...CHANGE, '--passphrase-fd', '3']);
  const pipe = child.stdio[3] as NodeJS.WritableStream;
  pipe.on('error', () => undefined);
  // The rest of the line is being waited for.
  pipe.write('begun');
  const again = setInterval(() => child.kill('SIGTERM'), 300);
  // Before it listens to signals, they end it at once.
  assert.ok([130, null].includes(await code));
  clearInterval(again);
});
