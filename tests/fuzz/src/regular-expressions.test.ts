import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressionsOf, regularExpressions } from './regular-expressions.ts';

// The same on every platform, without a program of its own.
process.env['RECHECK_BACKEND'] = 'pure';
const { check } = await import('recheck');

/** What the automaton cannot tell, and why it takes linear time. */
const ARGUED: ReadonlyMap<string, string> = new Map([
  [
    String.raw`(?<!\\)(?:\\\\)*\\ud[89a-f]`,
    'A match begins where no backslash stands before, so that each run of backslashes is walked through once.',
  ],
  [
    '"${mark}(-?\\d+)"',
    'The mark is a text of its own making, and what is between it and the next quote is walked through once.',
  ],
  [
    String.raw`^(?!\d+$)[\p{L}\p{N}][\p{L}\p{N}._:/ -]{0,63}$`,
    'A match is tried at the start alone: the digits there are walked through once, and then 64 characters.',
  ],
]);

/** Whether a match is tried at the start alone, and takes a limited number of characters. */
function isBounded(pattern: string): boolean {
  const plain = pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gu, 'x');
  return plain.startsWith('^') && !/[|*+]|\{\d+,\}|\)\{/.test(plain);
}

async function isLinear(pattern: string, flags: string): Promise<boolean> {
  if (isBounded(pattern)) return true;
  // The time is no measure, as other programs may be at work: it ends what would go on for ever.
  const { status } = await check(pattern, flags, { checker: 'automaton', timeout: 300_000 });
  return status === 'safe';
}

const found = regularExpressions();

test('they are found, also those put together', () => {
  assert.ok(found.length > 30, String(found.length));
  const source =
    'const A = String.raw`\\d+`; const b = new RegExp(`^${A}$`, "u"); const c = (m: string) => RegExp(m); /[/]x/i;';
  assert.deepEqual(
    expressionsOf('a.ts', source).map(({ pattern, flags }) => `${pattern} ${flags}`),
    ['^\\d+$ u', '${m} ', '[/]x i'],
  );
});

for (const { file, pattern, flags } of found) {
  test(`/${pattern}/${flags} in ${file} takes linear time`, async () => {
    assert.ok(ARGUED.has(pattern) || (await isLinear(pattern, flags)));
  });
}

test('what is argued for is still there', () => {
  for (const pattern of ARGUED.keys())
    assert.ok(
      found.some((item) => item.pattern === pattern),
      pattern,
    );
});

test('one that takes longer is seen', async () => {
  for (const pattern of ['^(a+)+$', '^(?:a|a)*$', '\\s+$', '(a*)*b'])
    assert.equal(await isLinear(pattern, ''), false, pattern);
});
