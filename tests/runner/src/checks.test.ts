/** Every way in which a check can fail is counted. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runChecks, runSuite, type Check, type Suite } from './checks.ts';

const CHECKS: readonly Check[] = [
  { name: 'says nothing', run() {} },
  { name: 'finds nothing wrong', run: async () => [] },
  { name: 'finds two things wrong', run: () => ['one', 'another'] },
  { name: 'throws', run: () => assert.fail('a line\nand another') },
  { name: 'is refused', run: async () => Promise.reject(new Error('no')) },
  { name: 'throws no error', run: async () => Promise.reject(7) },
  { name: 'comes after them', run: async () => {} },
];

test('what throws and what says what is wrong has failed, and the others run', async () => {
  const { name, passed, failures } = await runChecks('some', () => CHECKS);
  assert.deepEqual([name, passed], ['some', 3]);
  assert.deepEqual(failures, [
    { name: 'finds two things wrong', faults: ['one', 'another'] },
    { name: 'throws', faults: ['a line\nand another'] },
    { name: 'is refused', faults: ['no'] },
    { name: 'throws no error', faults: ['7'] },
  ]);
});

const SUITES: ReadonlyMap<string, Suite> = new Map<string, Suite>([
  [
    'numbers',
    (file) => (file as readonly number[]).map((number) => ({ name: `${number}`, run: () => assert.ok(number) })),
  ],
  ['others', (_file, load) => [{ name: 'reads', run: () => assert.deepEqual(load('numbers'), [1, 0]) }]],
  [
    'noted',
    (_file, _load, note) => {
      note('as given');
      return [];
    },
  ],
]);

const load = (name: string): unknown => (name === 'numbers' ? [1, 0] : undefined);

test('a file runs with the suite of its name', async () => {
  const { passed, failures } = await runSuite(SUITES, 'numbers', load);
  assert.deepEqual([passed, failures.map(({ name }) => name)], [1, ['0']]);
  assert.equal((await runSuite(SUITES, 'others', load)).passed, 1);
  assert.deepEqual((await runSuite(SUITES, 'noted', load)).notes, ['as given']);
});

test('a file that no suite is for, and one that makes no checks, have failed', async () => {
  const unknown = await runSuite(SUITES, 'unheard-of', load);
  assert.deepEqual(unknown.failures, [{ name: 'the file', faults: ['this version does not know the file'] }]);
  const broken = await runSuite(SUITES, 'numbers', () => undefined);
  assert.deepEqual([broken.passed, broken.failures.map(({ name }) => name)], [0, ['the file']]);
});

test('what pages run too imports nothing of Node', () => {
  for (const name of ['checks', 'dim']) {
    const source = readFileSync(new URL(`./${name}.js`, import.meta.url), 'utf8');
    assert.doesNotMatch(source, /from '(node:|\.)|process\.|Buffer/, name);
  }
});
