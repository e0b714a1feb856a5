/** No text is too long for a regular expression. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST, longTexts } from '../long-texts.ts';
import { regularExpressions } from '../regular-expressions.ts';

/** Those that a text of any length would overflow, and why none comes to them. */
const SHORT_TEXTS: ReadonlyMap<string, string> = new Map([
  [
    `^[A-Z0-9]+(?: [A-Z0-9]+)*$`,
    'A label in a PEM text, which is the data of a key: no longer than the limit of keys.',
  ],
]);

/** Whether an expression has room for the longest text there is, wherever it may read on and on. */
function hasRoom(pattern: string, flags: string): boolean {
  for (const text of longTexts(pattern, flags)) {
    try {
      new RegExp(pattern, flags).exec(text);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
  return true;
}

const found = regularExpressions();
/** Each once, wherever else it stands. */
const different = new Map(found.map((item) => [`/${item.pattern}/${item.flags}`, item]));

for (const [name, { file, pattern, flags }] of different) {
  test(`${name} in ${file} has room for ${LONGEST} characters`, () => {
    assert.ok(SHORT_TEXTS.has(pattern) || hasRoom(pattern, flags));
  });
}

test('what needs less is still there', () => {
  for (const pattern of SHORT_TEXTS.keys())
    assert.ok(
      found.some((item) => item.pattern === pattern),
      pattern,
    );
});

test('one that takes more room is seen', () => {
  assert.equal(hasRoom(String.raw`"|-?\d[\d.eE+-]{15,}`, 'g'), false);
  assert.equal(hasRoom(String.raw`^https?:\/\/[^\s\p{Cc}]+$`, 'iu'), false);
  assert.equal(hasRoom('^(?:ab|cd)*$', ''), false);
});
