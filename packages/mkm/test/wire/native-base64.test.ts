/** Base64 of Node, strict without encoding again: the same verdicts and bytes as by encoding again, whatever is done to a text. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeBase64, encodeBase64, isBase64 } from '../../src/backend/native/base64.ts';

/** By the rule: a text is canonical when what it stands for is written so. */
function decodeByRule(text: string): Uint8Array | undefined {
  const decoded = Buffer.from(text, 'base64');
  return decoded.toString('base64') === text ? new Uint8Array(decoded) : undefined;
}

/** The same text, of two bytes a character. */
const inTwoBytes = (text: string): string => `\u{1f600}${text}`.slice(2);

/** Compares bytes by their text, which for long ones takes less time than `toEqual`. */
const shown = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('latin1');

/** Whether verdict and bytes are those of the rule. */
function isReadByRule(text: string): boolean {
  const byRule = decodeByRule(text);
  return [text, inTwoBytes(text)].every(
    (same) => shown(decodeBase64(same)) === shown(byRule) && isBase64(same) === (byRule !== undefined),
  );
}

const readOtherwise = (texts: readonly string[]): readonly string[] => texts.filter((text) => !isReadByRule(text));

// What Buffer skips, takes from the other alphabet, by the low byte, or for an end; and what is right in another place.
const ODD = Array.from(
  'A/+=-_ \n\r\t\0.%\u007f\u0080\u00c1\u00ff\u0100\u0141\u012b\u012d\u013d\u2028\ud800\udc41\uff21',
);
const LENGTHS = [748, 751, 752, 753];
const textOf = (length: number): string => encodeBase64(Uint8Array.from({ length }, (_, index) => (index * 167) >> 3));

describe.each(LENGTHS)('a text of %i bytes', (length) => {
  const text = textOf(length);

  test('is read, and so is a slice of a longer one', () => {
    expect(text.length).toBeGreaterThanOrEqual(1000);
    expect(isReadByRule(text)).toBe(true);
    expect(decodeBase64(`xx${text}`.slice(2))).toEqual(decodeByRule(text));
  });

  test('with one character replaced, added or taken away, at each place', () => {
    const changed = Array.from({ length: text.length + 1 }, (_, index) => {
      const [before, after] = [text.slice(0, index), text.slice(index)];
      // In the middle, all places are the same but for what stands beside them.
      const letters = index < 12 || text.length - index < 12 ? ODD : [ODD[index % ODD.length] ?? ''];
      const withLetters = letters.flatMap((letter) => [before + letter + after, before + letter + after.slice(1)]);
      return [before + after.slice(1), ...withLetters];
    });
    expect(readOtherwise(changed.flat())).toEqual([]);
  });

  test('with each end', () => {
    const letters = Array.from('AQgwEBCDP/+-_= \u0141');
    const pairs = letters.flatMap((one) => letters.map((other) => one + other));
    const ends = [...letters, ...pairs, ...pairs.flatMap((pair) => letters.map((letter) => pair + letter))];
    const changed = ends.flatMap((end) => [0, 1, 2, 3, 4].map((cut) => text.slice(0, text.length - cut) + end));
    expect(readOtherwise(changed)).toEqual([]);
  });
});

test('several changes at once, which may make up for each other', () => {
  const letter = fc.constantFrom(...ODD, 'AAAA', '====', '  ', '');
  const edit = fc.tuple(fc.nat(), fc.nat(4), letter);
  fc.assert(
    fc.property(fc.constantFrom(...LENGTHS, 3000), fc.array(edit, { minLength: 1, maxLength: 6 }), (length, edits) => {
      let text = textOf(length);
      for (const [place, taken, added] of edits) {
        const at = place % (text.length + 1);
        text = text.slice(0, at) + added + text.slice(at + taken);
      }
      expect(isReadByRule(text)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
