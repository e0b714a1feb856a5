import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { armour, readArmour } from '../../src/identity/armour.ts';
import { errorOf } from '../people.ts';

const TEXT = JSON.stringify({
  some: 'JSON, long enough for several lines of base64',
  of: 'text: äöü',
  more: [1, 2, 3],
});
const ARMOURED = armour(TEXT);
const BODY = ARMOURED.split('\n').slice(1, -2).join('');

describe('armour', () => {
  test('is lines of at most 64 characters between two marks', () => {
    const lines = ARMOURED.split('\n');
    expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual([
      '-----BEGIN DIM IDENTITY-----',
      '-----END DIM IDENTITY-----',
      '',
    ]);
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.every((line) => line.length <= 64 && /^[\x20-\x7e]*$/.test(line))).toBe(true);
    expect(readArmour(ARMOURED)).toBe(TEXT);
  });

  test.each<[string, (text: string) => string]>([
    ['line breaks of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['line breaks of old Macs', (text) => text.replaceAll('\n', '\r')],
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['joined lines', (text) => text.replaceAll('\n', '')],
    ['lines joined with blanks', (text) => text.replaceAll('\n', ' ')],
    ['shorter lines', (text) => text.replaceAll(/(.{40})/g, '$1\n')],
    ['indented lines', (text) => text.replaceAll('\n', '  \n\t  ')],
    ['blank lines', (text) => text.replaceAll('\n', '\n\n')],
    ['blanks without width', (text) => text.replaceAll('\n', '\u200b\n\u2060')],
    ['quote marks of mail', (text) => text.replaceAll('\n', '\n> ')],
    ['long dashes', (text) => text.replaceAll('-----', '\u2014\u2013-')],
    ['no line break at the end', (text) => text.trimEnd()],
    ['a greeting and a signature', (text) => `Hi,\n\nhere it is:\n${text}\n-- \nAlice - a friend - of yours`],
  ])('is read with %s', (_, change) => {
    expect(readArmour(change(ARMOURED))).toBe(TEXT);
  });

  test('property: however lines are broken', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.infiniteStream(fc.constantFrom('', ' ', '\r\n', '\t')),
        (text, gaps) => {
          const broken = armour(text).replaceAll(/./gs, (character) => character + (gaps.next().value ?? ''));
          expect(readArmour(broken)).toBe(text);
        },
      ),
    );
  });

  test('property: whatever character is another one, is gone, or is there twice, it is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: BODY.length - 1 }),
        fc.constantFrom('A', 'z', '/', '=', '-', '#', 'é', ''),
        async (at, other) => {
          fc.pre(BODY[at] !== other);
          const error = await errorOf(() =>
            readArmour(ARMOURED.replaceAll('\n', '').replace(BODY, BODY.slice(0, at) + other + BODY.slice(at + 1))),
          );
          expect([error.code, error.reason]).toEqual(['INPUT_FORMAT', expect.stringMatching('damaged')]);
        },
      ),
    );
  });

  test('property: what is cut off is told from what is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: ARMOURED.length - 8 }), async (length) => {
        const { code, reason } = await errorOf(() => readArmour(ARMOURED.slice(0, length)));
        expect([code, reason]).toEqual(['INPUT_FORMAT', expect.stringMatching(/cut off|no identity/)]);
      }),
    );
  });

  test.each<[string, unknown, string]>([
    ['nothing', '', 'INPUT_FORMAT'],
    ['no text', undefined, 'INPUT_TYPE'],
    ['only marks', '-----BEGIN DIM IDENTITY----------END DIM IDENTITY-----', 'INPUT_FORMAT'],
    ['an empty body', armour(''), 'INPUT_FORMAT'],
    ['the marks in the other order', '-----END DIM IDENTITY-----\nAAAA\n-----BEGIN DIM IDENTITY-----', 'INPUT_FORMAT'],
    ['two in one another', ARMOURED.replace('\n', `\n${ARMOURED}`), 'INPUT_FORMAT'],
    ['a key in PEM', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'INPUT_FORMAT'],
    ['more than there ever is', 'A'.repeat(64 * 1024 * 1024 + 1), 'INPUT_LIMIT'],
    ['nothing but dashes', '-'.repeat(1_000_000), 'INPUT_FORMAT'],
  ])('refuses %s', async (_, text, code) => {
    expect((await errorOf(() => readArmour(text as string))).code).toBe(code);
  });
});
