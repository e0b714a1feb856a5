/** Texts and names of others, on a terminal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignLine, foreignLines, foreignName } from '../../src/text/foreign-text.ts';

const BOUNDS = { lines: 3, characters: 100 };

test('what moves a cursor, turns the direction of writing or hides is not printed', () => {
  const { lines } = foreignLines('a\u001B[2Jb\u009B31mc\u0007\u202Ed\u200Be\uFEFF', BOUNDS);
  assert.deepEqual(lines, ['a?[2Jb?31mc??d?e?']);
});

test('emoji and scripts that need joiners keep them, and nothing else does', () => {
  const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';
  const persian = '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645';
  assert.deepEqual(foreignLines(`${family} ${persian} a\u200Db`, BOUNDS).lines, [`${family} ${persian} a?b`]);
});

test('marks above each other stay few', () => {
  assert.equal(foreignLine(`a${'\u0301'.repeat(500)}b`, 1000), `a${'\u0301'.repeat(4)}b`);
});

test('a text comes in parts, and none of it is lost or shown twice', () => {
  const all = Array.from({ length: 500 }, (_, at) => `line ${at}`);
  const text = all.join('\n');
  const seen: string[] = [];
  for (let from: number | undefined = 0; from !== undefined;) {
    const { lines, next, linesLeft } = foreignLines(text, BOUNDS, from);
    seen.push(...lines);
    assert.equal(linesLeft, all.length - seen.length);
    from = next;
  }
  assert.deepEqual(seen, all);
});

test('one line without an end comes in parts too', () => {
  const text = 'x'.repeat(1050);
  const first = foreignLines(text, BOUNDS);
  assert.deepEqual([first.lines[0]?.length, first.next, first.linesLeft], [100, 100, 1]);
});

test('all line ends are line ends', () => {
  assert.deepEqual(foreignLines('a\r\nb\u2028c', BOUNDS).lines, ['a', 'b', 'c']);
});

test('a name is one line, and one that shows nothing is none', () => {
  assert.equal(foreignName('Bob\n15:00 Alice: hi'), 'Bob 15:00 Alice: hi');
  assert.equal(foreignName('\u3164\u2800 '), undefined);
  assert.equal(foreignName('B'.repeat(1000)), `${'B'.repeat(24)}...`);
});
