/** Test files of a package run beside each other in one realm: what is wrong in one is told, and reaches no other. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// Beside what is installed: jest looks for its parts from there.
const directory = mkdtempSync(fileURLToPath(new URL('jest-realm-', import.meta.url)));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const FILES: Record<string, string> = {
  right: `test('a', () => { expect(new Map([[1, { a: [] }]])).toEqual(new Map([[1, { a: [] }]])); });
    test.each([[1, 2]])('%i and %i', (a, b) => { expect(a + b).toBe(3); });`,
  wrong: `test('right', () => undefined);
    describe('within', () => { test('wrong', () => { expect(1).toBe(2); }); });`,
  slow: `test('never ends', async () => { await new Promise(() => undefined); });`,
  rejected: `test('tells nobody', async () => {
      Promise.reject(new Error('unheard'));
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    });`,
  'hook-before': `beforeAll(() => { throw new Error('before'); }); test('a', () => undefined);`,
  'hook-after': `afterAll(() => { throw new Error('after'); }); test('a', () => undefined);`,
  empty: '',
  unreadable: `import { nothing } from './not-there.ts'; test('a', () => nothing);`,
  typed: `import { count } from './counter.ts';
    class Base { constructor() { this.field = 1; } }
    class Typed extends Base { field: number; }
    test('fields that are declared only', () => { expect(new Typed().field).toBe(1); });
    test('a source is loaded once', () => { expect(count.next()).toBeGreaterThan(0); });
    test('matchers know the classes of the realm', () => {
      expect({ a: [1], b: new Error('x') }).toEqual({ a: expect.any(Array), b: expect.any(Error) });
      expect(() => { throw new TypeError('y'); }).toThrow(TypeError);
    });`,
  // Which of the two runs first does not matter: one finds what the other has left.
  'mock-1': `test('a', () => { expect(Date.now()).not.toBe(7); jest.spyOn(Date, 'now').mockReturnValue(7); });`,
  'mock-2': `test('a', () => { expect(Date.now()).not.toBe(7); jest.spyOn(Date, 'now').mockReturnValue(7); });`,
  replaced: `jest.unstable_mockModule('node:os', () => ({ EOL: 'x' }));
    test('a', () => undefined);`,
};
const OWN_REALM = `/** @jest-environment node */
  import { expect, jest, test } from '@jest/globals';
  jest.unstable_mockModule('node:os', () => ({ EOL: 'x' }));
  const { EOL } = await import('node:os');
  test('a', () => { expect(EOL).toBe('x'); });`;

interface Answer {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

mkdirSync(join(directory, 'test'));
writeFileSync(join(directory, 'test/counter.ts'), 'let n = 0; export const count = { next: (): number => (n += 1) };');
writeFileSync(join(directory, 'test/own-realm.test.ts'), OWN_REALM);
for (const [name, text] of Object.entries(FILES)) {
  const globals = `import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';\n`;
  writeFileSync(join(directory, `test/${name}.test.ts`), globals + text);
}
const options = ['--config', join(root, 'jest.config.mjs'), '--rootDir', directory, '--json', '--testTimeout', '300'];
const { stdout, status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js'), ...options],
  { encoding: 'utf8', timeout: 60_000 },
);
const answer = JSON.parse(stdout) as Answer;

function told(name: string): readonly [status: string, tests: readonly string[], message: string] {
  const file = answer.testResults.find((result) => result.name.endsWith(`/${name}.test.ts`));
  assert.ok(file, name);
  return [file.status, file.assertionResults.map((result) => `${result.fullName}: ${result.status}`), file.message];
}

test('one that is wrong makes the whole fail', () => {
  assert.equal(status, 1);
  assert.equal(answer.testResults.length, Object.keys(FILES).length + 1);
});

for (const name of ['right', 'typed', 'mock-1', 'mock-2', 'own-realm']) {
  test(`passes: ${name}`, () => {
    const [result, tests, message] = told(name);
    assert.equal(result, 'passed', message);
    assert.ok(tests.length > 0);
  });
}

test('what fails is named, with the line it stands in', () => {
  const [result, tests, message] = told('wrong');
  assert.deepEqual([result, tests], ['failed', ['right: passed', 'within wrong: failed']]);
  assert.match(message, /wrong\.test\.ts[^\n]{0,40}:3:/);
});

const FAULTS: readonly (readonly [name: string, message: RegExp])[] = [
  ['slow', /Exceeded timeout of 300 ms/],
  ['rejected', /unheard/],
  ['hook-before', /before/],
  ['hook-after', /after/],
  ['empty', /must contain at least one test/],
  ['unreadable', /not-there/],
  ['replaced', /@jest-environment node/],
];
for (const [name, fault] of FAULTS) {
  test(`fails: ${name}`, () => {
    const [result, , message] = told(name);
    assert.equal(result, 'failed');
    assert.match(message, fault);
  });
}
