/** What is printed of reports, and when they are a success. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { FileReport } from './checks.ts';
import { printReports, type Telling } from './print-reports.ts';

const GOOD: FileReport = { name: 'good', passed: 2, failures: [], notes: ['as given'], milliseconds: 120 };
const BAD: FileReport = {
  name: 'bad',
  passed: 1,
  failures: [{ name: 'a case', faults: ['a line\nand another', 'one more'] }],
  notes: [],
  milliseconds: 0,
};

async function told(
  { mock }: TestContext,
  reports: readonly FileReport[],
  telling?: Telling,
): Promise<{ readonly isSuccess: boolean; readonly lines: readonly unknown[] }> {
  const log = mock.method(console, 'log', () => {});
  const isSuccess = await printReports(each(reports), telling);
  const lines = log.mock.calls.map((call): unknown => call.arguments[0]);
  log.mock.restore();
  return { isSuccess, lines };
}

async function* each(reports: readonly FileReport[]): AsyncGenerator<FileReport> {
  yield* reports;
}

test('a line for each file, its notes and failures, what was not run, and the counts last', async (context) => {
  assert.deepEqual(await told(context, [GOOD, BAD], { unknown: ['other'] }), {
    isSuccess: false,
    lines: [
      'good               2 passed, 0 failed',
      '  note: as given',
      'bad                1 passed, 1 failed',
      '  a case: a line\n    and another; one more',
      'other              not run: this version does not know the file',
      '3 passed, 1 failed',
    ],
  });
});

test('how long it took, when that is asked for', async (context) => {
  const { lines } = await told(context, [GOOD], { times: true });
  assert.equal(lines[0], 'good               2 passed, 0 failed (0.1 s)');
});

test('one text for programs', async (context) => {
  const { lines } = await told(context, [GOOD, BAD], { json: true });
  assert.deepEqual(
    lines.map((line) => JSON.parse(String(line)) as unknown),
    [{ passed: 3, failed: 1, files: [GOOD, BAD] }],
  );
});

test('nothing at all is no success', async (context) => {
  assert.equal((await told(context, [GOOD])).isSuccess, true);
  assert.equal((await told(context, [GOOD, BAD])).isSuccess, false);
  assert.equal((await told(context, [])).isSuccess, false);
  assert.equal((await told(context, [{ ...GOOD, passed: 0 }], { unknown: ['other'] })).isSuccess, false);
});
