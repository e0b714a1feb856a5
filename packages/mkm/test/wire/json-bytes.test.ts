import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DEFAULT_LIMITS, DimError, type JsonMap, type Limits } from '../../src/index.ts';
import { decodeUtf8, encodeUtf8, parseJsonMap } from '../../src/extend.ts';
import { parseJsonBytes } from '../../src/internal.ts';
import * as native from '../../src/backend/native/bytes.ts';
import * as portable from '../../src/backend/portable/bytes.ts';
import { show } from '../../../../tests/support/codec-contract.ts';

const LONG = 'AbC+'.repeat(2100);

/** What came out, with the order of its fields; or what was wrong. */
function outcome(read: () => JsonMap): string {
  try {
    return show(read());
  } catch (error) {
    if (error instanceof DimError) return error.message;
    throw error;
  }
}

const inBytes = (bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS) => outcome(() => parseJsonBytes(bytes, limits));
const inText = (bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS) =>
  outcome(() => parseJsonMap(decodeUtf8(bytes), limits));

describe('JSON in bytes', () => {
  test('with long texts of base64 has every field in its place, and is frozen', () => {
    const map = { b: 1, data: LONG, a: [{ c: 1 }], '1': LONG.slice(4), e: 'é'.repeat(5000), f: `${LONG}\n`, g: null };
    const read = parseJsonBytes(encodeUtf8(JSON.stringify(map)), DEFAULT_LIMITS);
    expect(show(read)).toBe(show(map));
    expect([Object.isFrozen(read), Object.isFrozen(read['a'])]).toEqual([true, true]);
  });

  test.each([
    `{"data":"${LONG}","data":"AAAA"}`,
    `{"data":"AAAA","data":"${LONG}"}`,
    `{"data":"${LONG}","dat\\u0061":"AAAA"}`,
    `{"__proto__":"${LONG}"}`,
    `{"__proto__":{"a":1},"data":"${LONG}"}`,
    `{"data":"${LONG}","n":12345678901234567890}`,
    `{"data":"${LONG}","n":1e999}`,
    `{"data":"${LONG}",}`,
    `{"data":"${LONG}"`,
    `{"data":"${LONG}" "a":1}`,
    `{"data":"${LONG}\\n"}`,
    `{"data":"${LONG}AA=\n"}`,
    `{"data":["${LONG}"]}`,
    `["${LONG}"]`,
    `\ufeff{"data":"${LONG}"}`,
  ])('%.40s… is read as its text', (text) => {
    expect(inBytes(encodeUtf8(text))).toBe(inText(encodeUtf8(text)));
  });

  test('any map is read as its text, by the same limits, and so is what is damaged', () => {
    const name = fc.oneof(fc.constantFrom('data', 'a', '__proto__', '7', ''), fc.string({ maxLength: 3 }));
    const value = fc.oneof(fc.constantFrom(LONG, `${LONG}=`, `${LONG}AA==`, ` ${LONG}`), fc.jsonValue({ maxDepth: 3 }));
    const damage = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...Array.from('{}[]",:\\ \n1x\u00ff')),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, value), { maxLength: 6 }),
        fc.array(damage, { maxLength: 2 }),
        fc.integer({ min: 0, max: 40 }),
        (fields, damages, limit) => {
          const members = fields.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`);
          const bytes = Uint8Array.from(Buffer.from(`{${[...members, `"long":"${LONG}"`].join(', ')}}`));
          for (const [at, character] of damages) bytes[Math.floor(at * (bytes.length - 1))] = character.charCodeAt(0);
          expect(inBytes(bytes)).toBe(inText(bytes));
          const strict = { ...DEFAULT_LIMITS, jsonDepth: limit % 5, jsonValues: limit };
          expect(inBytes(bytes, strict)).toBe(inText(bytes, strict));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('more bytes than a text may have are no map', () => {
    const bytes = encodeUtf8(`{"data":"${LONG}"}`);
    for (const messageBytes of [bytes.length - 1, bytes.length]) {
      const limits = { ...DEFAULT_LIMITS, messageBytes };
      expect(inBytes(bytes, limits)).toBe(inText(bytes, limits));
    }
  });

  test('base64 among bytes is the same on every platform', () => {
    const bytes = encodeUtf8('"AAA=" "AAAé" "AAAA');
    for (const [start, end, text] of [
      [1, 5, 'AAA='],
      [0, 4, undefined],
      [1, 4, undefined],
      [8, 12, undefined],
      [16, 20, 'AAAA'],
      [16, 16, ''],
    ] as const)
      for (const platform of [native, portable]) expect(platform.base64In(bytes, start, end)).toBe(text);
  });
});
