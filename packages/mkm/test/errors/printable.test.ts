/** Text of others in a terminal: nothing in it moves, turns or hides. */
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { printable, quoted, visible } from '../../src/internal.ts';

const HOSTILE = 'a\u001b[2J\u202eb\r\n\u200bc\u2028d\ud800';

test('what moves a cursor, turns the direction of writing or is not seen is taken out', () => {
  expect(printable(HOSTILE)).toBe('a?[2J?b???c?d?');
  expect(printable('a'.repeat(300))).toBe(`${'a'.repeat(200)}...`);
  expect(printable('Ünïcode 名 😀', 20)).toBe('Ünïcode 名 😀');
});

test('quoted, it stands there by its number, and nothing ends the quotes', () => {
  expect(quoted(HOSTILE)).toBe(String.raw`"a\u{1b}[2J\u{202e}b\u{d}\u{a}\u{200b}c\u{2028}d\u{d800}"`);
  expect(quoted(String.raw`a" and \ and \u{1b}`)).toBe(String.raw`"a\" and \\ and \\u{1b}"`);
  expect(quoted('abcdef', 3)).toBe('"abc..."');
});

test('of any text, in one line and without any of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const shown of [printable(text), quoted(text), visible(text)])
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});
