/** The runner fails when it should: each case here meets a library that is wrong in one way. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { FileReport } from 'runner/checks';
import type { HostileCase } from './case.ts';
import type { Fixtures } from './fixtures.ts';
import { OWN_DIRECTORY } from './own-directory.ts';
import { runDirectory } from './run-directory.ts';
import { runFile } from './run-file.ts';
import { loadFixtures } from './fixtures.ts';

const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
process.on('exit', () => rmSync(directory, { recursive: true }));

const fixtures: Fixtures = loadFixtures(directory, OWN_DIRECTORY);
const suites = new URL('./broken-suites.js', import.meta.url).href;
const SECRET = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj';

/** What hangs here does so for ever, and keeps a processor busy until it is ended. */
const PATIENCE = 3;

type Extra = Partial<Omit<HostileCase, 'input'>> & { readonly given?: unknown };

/** Runs cases against the broken library, named after what it does. */
async function run(
  ...behaviors: readonly (readonly [behavior: string, extra?: Extra | undefined])[]
): Promise<FileReport> {
  const cases = behaviors.map(([behavior, { given, ...extra } = {}]) => ({
    name: behavior,
    input: { behavior, given },
    expect: 'accept',
    ...extra,
  }));
  writeFileSync(join(directory, 'broken.json'), JSON.stringify({ cases }));
  return runFile({ directory, name: 'broken', suites, fixtures }, { patience: PATIENCE });
}

const GOOD: readonly (readonly [string, Extra?])[] = [
  ['accept'],
  ['refuse', { expect: 'reject' }],
  ['refuse', { expect: 'reject', path: 'field' }],
  ['refuse with false', { expect: 'reject' }],
  ['refuse', { policy: true }],
  ['accept', { policy: true, expect: 'reject' }],
  ['accept', { at: 'verify' }],
  ['accept as an ID', { given: 'anyone@anywhere', check: 'not-equal:everyone@everywhere' }],
];

await test('what is right passes', async () => {
  assert.deepEqual(await run(...GOOD).then(({ passed, failures }) => ({ passed, failures })), {
    passed: GOOD.length,
    failures: [],
  });
});

const FLIPS: unknown = JSON.parse('{"$gen":"getter-flips","base":{},"key":"text","first":"a","then":"b"}');

const WRONG: readonly (readonly [behavior: string, extra: Extra, fault: RegExp])[] = [
  ['accept', { expect: 'reject' }, /expected reject, came accepted/],
  ['accept', { expect: 'reject', at: 'verify' }, /expected reject at verify, came accepted/],
  ['refuse', {}, /expected accept, came INPUT_FORMAT/],
  ['refuse', { expect: 'reject', path: 'other' }, /expected an error at other/],
  ['refuse', { expect: 'reject', name: 'field data: 5' }, /expected an error at data/],
  ['throw', { expect: 'reject' }, /no DimError/],
  ['throw', { policy: true }, /no DimError/],
  ['overflow', { expect: 'reject' }, /no DimError: RangeError/],
  ['hide an overflow', { expect: 'reject' }, /stack overflow/],
  ['hang', {}, /did not end/],
  ['never answer', { policy: true }, /did not end/],
  // Counted in the time of the processor; where a busy machine gives it little of that, the patience ends first.
  ['work for more than a second', {}, /it took \d+ ms|did not end/],
  ['end the program', {}, /ended its thread/],
  ['pollute', {}, /Object\.prototype\.polluted was added/],
  ['repeat the input', { expect: 'reject', given: SECRET }, /repeats its input/],
  ['repeat it behind', { expect: 'reject', given: SECRET }, /repeats its input/],
  ['talk too much', { expect: 'reject' }, /message of \d+ characters/],
  ['keep much memory', {}, /memory grew by/],
  ['accept', { check: 'unheard-of' }, /does not know the check/],
  ['accept', { at: 'unheard-of' }, /no step/],
  ['accept', { given: { $gen: 'unheard-of' } }, /does not know the recipe/],
  ['accept as an ID', { given: 'anyone@anywhere', check: ['not-equal:anyone@anywhere'] }, /it equals/],
  ['accept as a map', { given: 'x', check: 'isolation' }, /seen inside/],
  ['read twice', { check: 'single-read', given: FLIPS }, /text was read 2 times/],
];

const answers = await run(...WRONG.map(([behavior, extra]) => [behavior, extra] as const));

for (const [index, [behavior, extra, fault]] of WRONG.entries()) {
  await test(`${behavior}, ${JSON.stringify(extra)}`, () => {
    assert.match(answers.failures[index]?.faults.join('; ') ?? 'passed', fault);
  });
}

await test('each of them is counted', () => {
  assert.deepEqual([answers.passed, answers.failures.length], [0, WRONG.length]);
});

await test('after a case that hangs, that pollutes or that breaks its thread, the others run as before', async () => {
  const { passed, failures } = await run(
    ['hang'],
    ['accept'],
    ['pollute'],
    ['accept'],
    ['end the program'],
    ['accept'],
  );
  assert.deepEqual([passed, failures.map(({ name }) => name)], [3, ['hang', 'pollute', 'end the program']]);
});

await test('a heavy case has more time, and runs only when asked for', async () => {
  assert.equal((await run(['work for more than a second'])).failures.length, 1);
  const { passed, failures } = await run(['work for more than a second', { heavy: true }]);
  assert.deepEqual([passed, failures], [0, []]);
  const heavy = await runFile({ directory, name: 'broken', suites, fixtures }, { heavy: true });
  assert.deepEqual([heavy.passed, heavy.failures], [1, []]);
});

await test('a file that no suite is for, and a file without cases, are failures', async () => {
  rmSync(join(directory, 'broken.json'), { force: true });
  writeFileSync(join(directory, 'unheard-of.json'), '{"cases":[]}');
  writeFileSync(join(directory, 'hex.json'), '{"cases":5}');
  const reports: FileReport[] = [];
  for await (const report of runDirectory(directory)) reports.push(report);
  assert.deepEqual(
    reports.map(({ name, passed, failures }) => [name, passed, failures.length]),
    [
      ['hex', 0, 1],
      ['unheard-of', 0, 1],
    ],
  );
});

await test('the program ends with 0 only when something ran and nothing failed', () => {
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const statusOf = (cases: readonly object[], ...options: readonly string[]) => {
    rmSync(join(directory, 'unheard-of.json'), { force: true });
    writeFileSync(join(directory, 'hex.json'), JSON.stringify({ cases }));
    return spawnSync(process.execPath, [main, '--cases', directory, ...options]).status;
  };
  assert.equal(statusOf([]), 1);
  assert.equal(statusOf([{ name: 'digits', input: '00', expect: 'accept' }]), 0);
  assert.equal(statusOf([{ name: 'digits', input: '00', expect: 'reject' }]), 1);
  assert.equal(statusOf([{ name: 'digits', input: '00', expect: 'accept' }], '--backend', 'portable'), 0);
  assert.equal(statusOf([{ name: 'digits', input: '00', expect: 'accept' }], '--backend', 'unheard-of'), 2);
});
