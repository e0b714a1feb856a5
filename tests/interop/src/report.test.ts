/** What is counted and written down of the results. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DOCUMENT_FILE, documentOf, writeDocument } from './document.ts';
import { count, judge } from './judge.ts';
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts';
import { printMatrix, type PeerReport } from './matrix.ts';
import type { Result } from './run.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { difference } from './values.ts';

const KNOWN: readonly KnownDifference[] = [
  { peers: ['old'], part: 'Part', rows: ['row'], direction: 'to peer', reason: 'It is old.' },
];
const RESULT: Result = { part: 'Part', name: 'row', direction: 'to peer', outcome: 'differs', reason: 'x' };

await test('a known difference is told from others, and is a failure when it is none', () => {
  assert.equal(judge('old', RESULT, KNOWN).verdict, 'known');
  for (const other of [
    { ...RESULT, name: 'other' },
    { ...RESULT, direction: 'from peer' as const },
  ]) {
    assert.equal(judge('old', other, KNOWN).verdict, 'differs');
  }
  assert.equal(judge('new', RESULT, KNOWN).verdict, 'differs');
  const mended = judge('old', { ...RESULT, outcome: 'pass' }, KNOWN);
  assert.deepEqual([mended.verdict, mended.reason], ['differs', 'a known difference that is none: pass']);
});

await test('what passes and what is refused counts, and what differs', () => {
  const verdicts = ['pass', 'refused', 'differs', 'known', 'none', 'theirs'] as const;
  assert.deepEqual(count(verdicts.map((verdict) => ({ verdict }))), { passed: 2, failed: 1 });
});

await test('each known difference names rows that there are', () => {
  for (const { part, rows = [] } of KNOWN_DIFFERENCES) {
    const names = SCENARIOS.filter((scenario) => scenario.part === part).map(({ name }) => name);
    assert.ok(names.length > 0 && rows.every((row) => names.includes(row)), part);
  }
});

await test('no two rows of a part have one name', () => {
  const names = SCENARIOS.map(({ part, name }) => `${part}: ${name}`);
  assert.deepEqual(names.length, new Set(names).size);
});

const REPORT: PeerReport = {
  name: 'old',
  about: 'a peer',
  versions: { thing: '1.0' },
  results: [
    judge('old', RESULT, KNOWN),
    judge('old', { ...RESULT, direction: 'from peer', outcome: 'pass' }, KNOWN),
    judge('old', { ...RESULT, name: 'bad' }, KNOWN),
  ],
};

await test('the matrix has a row for each scenario and a column for each direction', () => {
  assert.match(printMatrix([REPORT]), /→ old +←\nPart\n {2}row +known +pass\n {2}bad +DIFFERS +–/);
});

await test('a page keeps what stands around the matrix, and is the same when nothing changed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'interop-'));
  try {
    const path = join(directory, 'page.md');
    writeFileSync(path, readFileSync(DOCUMENT_FILE));
    writeDocument(path, [REPORT]);
    const page = readFileSync(path, 'utf8');
    assert.match(page, /^# /);
    assert.match(page, /\| row +\| known/);
    writeDocument(path, [REPORT]);
    assert.equal(readFileSync(path, 'utf8'), page);
    writeFileSync(path, 'no place');
    assert.throws(() => writeDocument(path, [REPORT]), /no place for the matrix/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

await test('of what nobody may accept, a page says only what this library refuses', () => {
  const refused: Result = { part: 'Refused: things', name: 'row', direction: 'from peer', outcome: 'refused' };
  const results = [
    judge('old', refused, []),
    judge('old', { ...refused, direction: 'to peer', outcome: 'theirs' }, []),
  ];
  const page = documentOf([{ ...REPORT, results }]);
  assert.match(page, /\| +\| ← old +\|\n.*\n\| row +\| refused +\|/);
  assert.doesNotMatch(page, /→ old/);
});

await test('values differ where they mean something else', () => {
  const same: readonly (readonly [unknown, unknown])[] = [
    [
      { a: 1, b: [1.0] },
      { b: [1], a: 1 },
    ],
    ['{"a":1,"b":2}', '{ "b": 2, "a": 1 }'],
    [2 ** 60, 2n ** 60n],
  ];
  const other: readonly (readonly [unknown, unknown])[] = [
    [{ a: 1 }, { a: 1, b: null }],
    [
      [1, 2],
      [2, 1],
    ],
    ['1', 1],
    ['{"a":1}', '{"a":2}'],
    [9007199254740993n, 9007199254740992],
    [null, undefined],
    [{}, []],
  ];
  for (const [one, two] of same) assert.equal(difference(one as never, two as never), undefined);
  for (const [one, two] of other) assert.notEqual(difference(one as never, two as never), undefined);
});
