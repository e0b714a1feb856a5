/** How a command ends. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'command-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

const program = join(folder, 'toy.mjs');
const [definition, kinds, run, error] = ['command', 'option-kinds', 'run-command', 'usage-error'].map(
  (name) => new URL(`./${name}.js`, import.meta.url).href,
);
writeFileSync(
  program,
  `import { defineCommand } from '${definition}';
   import { anyText, valued } from '${kinds}';
   import { runCommand } from '${run}';
   import { UsageError } from '${error}';
   const options = { end: valued('HOW', 'how it ends', anyText) };
   const toy = defineCommand({ name: 'pnpm toy', about: 'Plays.', options, examples: [['', 'a game']] });
   await runCommand(toy, async ({ end }) => {
     if (end === 'usage') throw new UsageError('there is\\nno ball');
     if (end === 'fault') throw new TypeError('x is not a function');
     return end !== 'lost';
   });`,
);

function end(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a success ends with 0, a failure with 1', () => {
  assert.deepEqual(end(), { status: 0, stdout: '', stderr: '' });
  assert.deepEqual(end('--end', 'lost'), { status: 1, stdout: '', stderr: '' });
});

test('what the user gave wrong ends in a line and with 2, also where it is found out late', () => {
  assert.deepEqual(end('--end', 'usage'), {
    status: 2,
    stdout: '',
    stderr: 'pnpm toy: there is no ball; see --help\n',
  });
  assert.deepEqual(end('--nope'), {
    status: 2,
    stdout: '',
    stderr: "pnpm toy: unknown option '--nope'; see --help\n",
  });
});

test('a fault of the command is one, with its stack', () => {
  const { status, stderr } = end('--end', 'fault');
  assert.equal(status, 1);
  assert.match(stderr, /TypeError: x is not a function\n\s+at /);
});

test('help goes to the output, and is a success', () => {
  const { status, stdout, stderr } = end('--end', 'fault', '--help');
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^Usage: pnpm toy \[options\]\n\nPlays\.\n[^]*--end <HOW> +how it ends\n/);
});
