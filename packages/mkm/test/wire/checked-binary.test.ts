import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { checkBinary, decodeBinary, decodeChecked } from '../../src/internal.ts';
import * as native from '../../src/backend/native/bytes.ts';
import * as portable from '../../src/backend/portable/bytes.ts';
import { base64, dataUri } from '../properties/arbitraries.ts';
import { errorOf } from '../../../../tests/support/error-of.ts';

/** Binary in each of its forms. */
const binary = fc.oneof(
  base64,
  base64.map((text) => `base64,${text}`),
  base64.map((text) => `${text}\n`),
  fc.tuple(base64, fc.nat(100)).map(([text, at]) => `${text.slice(0, at)}\r\n${text.slice(at)}`),
  dataUri,
  fc.constantFrom(
    'data:,%01%02',
    'data:,AAAA',
    'data:;base64,',
    'data:,你好ABCDEF',
    'base64,',
    '\n\n\n\n',
    '',
    'AAAA\n\n\n\n',
  ),
);

describe('binary that is checked first, and decoded later', () => {
  test('is refused where decoding refuses it or gives no bytes, and has the same bytes', () => {
    const damaged = fc
      .tuple(binary, fc.nat(), fc.constantFrom('=', 'A', 'B', '-', ' ', '\u0141', '你'))
      .map(([text, at, character]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + character + text.slice(index + 1);
      });
    fc.assert(
      fc.property(fc.oneof(binary, damaged), (text) => {
        const decoded = bytesOf(() => decodeBinary(text));
        const checked = bytesOf(() => {
          checkBinary(text);
          return decodeChecked(text);
        });
        expect(checked).toEqual(decoded?.length === 0 ? undefined : decoded);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['', 'must not be empty'],
    ['base64,', 'must not be empty'],
    ['\n', 'must not be empty'],
    ['AB==', 'must be base64'],
  ])('of %j it is said what is wrong', async (text, reason) => {
    expect(await errorOf(() => checkBinary(text))).toMatchObject({ code: 'INPUT_FORMAT', reason });
  });

  test('its bytes are the only ones in their memory', () => {
    for (const { decodeKnownBase64 } of [native, portable]) {
      const bytes = decodeKnownBase64('AQID');
      expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
      expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
      expect(bytes?.buffer.byteLength).toBe(3);
    }
  });
});

describe('looking through bytes', () => {
  test('is the same on every platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(255), fc.nat(50), (bytes, byte, from) => {
        const [one, other] = [native, portable].map((platform) => platform.searchable(bytes).indexOf(byte, from));
        expect(one).toBe(other);
        expect(native.isUtf8(bytes)).toBe(portable.isUtf8(bytes));
      }),
    );
    const inside = Uint8Array.of(1, 2, 3, 1).subarray(1);
    expect([native, portable].map((platform) => platform.searchable(inside).indexOf(1))).toEqual([2, 2]);
  });
});

function bytesOf(decode: () => Uint8Array): Uint8Array | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
