/** DER: what is read, what is refused, and what is written. */
import { describe, expect, test } from '@jest/globals';
import { decodeHex as hex, encodeHex as toHex } from '../../src/coding/hex.ts';
import {
  DerTag,
  encodeDer,
  encodeDerBitString,
  encodeDerInteger,
  readDer,
  type DerReader,
} from '../../src/coding/der.ts';

const MALFORMED = 'INPUT_FORMAT: must be DER of a key';

const integerOf = (text: string): string => toHex(readDer(hex(text), (reader) => reader.integer()));

describe('DER', () => {
  test('reads integers without their leading zero', () => {
    expect(integerOf('020100')).toBe('00');
    expect(integerOf('02017f')).toBe('7f');
    expect(integerOf('02020080')).toBe('80');
  });

  test.each([
    ['negative', '0201ff'],
    ['empty', '0200'],
    ['a leading zero too many', '0202007f'],
    ['two leading zeros', '0203000080'],
    ['of another tag', '040100'],
    ['cut', '020201'],
    ['without a length', '02'],
    ['shorter than it says', '020301'],
    ['followed by another', '020101020101'],
    ['followed by a byte', '02010100'],
    ['a length that could be shorter', '02810101'],
    ['a length of 127 in two bytes', `02817f${'01'.repeat(127)}`],
    ['a length with a leading zero', `02820080${'01'.repeat(128)}`],
    ['a length of 255 in three bytes', `028200ff${'01'.repeat(255)}`],
    ['a length of three bytes', `0283010000${'01'.repeat(65_536)}`],
    ['a length that ends in its middle', '028201'],
    ['an indefinite length', '0280010000'],
    ['a length of four bytes', '0284ffffffff00'],
    ['a length of 126 bytes', `02fe${'01'.repeat(126)}`],
    ['nothing', ''],
  ])('refuses an integer that is %s', (_what, text) => {
    expect(() => integerOf(text)).toThrow(MALFORMED);
  });

  test('refuses what is left over in a sequence', () => {
    const read = (): unknown =>
      readDer(hex('3006020101020102'), (reader) => reader.sequence((inner) => inner.integer()));
    expect(read).toThrow(MALFORMED);
  });

  test('reads bit strings of whole bytes, and no others', () => {
    const bitString = (text: string): string => toHex(readDer(hex(text), (reader) => reader.bitString()));
    expect([bitString('030200ab'), bitString('030100')]).toEqual(['ab', '']);
    for (const text of ['030107', '0300', '03020180', '040200ab']) expect(() => bitString(text)).toThrow(MALFORMED);
  });

  test('tells the next tag without reading, and none at the end', () => {
    readDer(hex('0500'), (reader) => {
      expect([reader.nextIs(DerTag.NULL), reader.nextIs(DerTag.INTEGER), reader.isAtEnd]).toEqual([true, false, false]);
      reader.element(DerTag.NULL);
      expect([reader.nextIs(DerTag.NULL), reader.isAtEnd]).toEqual([false, true]);
    });
  });

  test('reads eight sequences in one another, and no more', () => {
    const nested = (depth: number): Uint8Array =>
      depth === 0 ? new Uint8Array() : encodeDer(DerTag.SEQUENCE, nested(depth - 1));
    const descend = (reader: DerReader): number => (reader.isAtEnd ? 0 : 1 + reader.sequence(descend));
    expect(readDer(nested(8), descend)).toBe(8);
    expect(() => readDer(nested(9), descend)).toThrow(MALFORMED);
    expect(() => readDer(nested(500), descend)).toThrow(MALFORMED);
  });

  test.each([
    [0, '0400'],
    [1, '0401'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_535, '0482ffff'],
  ])('reads what it wrote: %d bytes', (length, header) => {
    const content = new Uint8Array(length).fill(7);
    const written = encodeDer(DerTag.OCTET_STRING, content.subarray(0, 5), content.subarray(5));
    const read = readDer(written, (reader) => reader.element(DerTag.OCTET_STRING));
    expect(toHex(written)).toBe(header + toHex(content));
    expect(toHex(read)).toBe(toHex(content));
  });

  test('writes integers in their shortest form', () => {
    expect(toHex(encodeDerInteger(hex('0000ff')))).toBe('020200ff');
    expect(toHex(encodeDerInteger(hex('007f')))).toBe('02017f');
    expect(toHex(encodeDerInteger(hex('80')))).toBe('02020080');
    expect(toHex(encodeDerInteger(hex('0100')))).toBe('02020100');
    expect(toHex(encodeDerInteger(hex('00000100')))).toBe('02020100');
    expect(toHex(encodeDerInteger(hex('0000')))).toBe('020100');
    expect(toHex(encodeDerInteger(hex('')))).toBe('020100');
    expect(toHex(encodeDerBitString(hex('ab')))).toBe('030200ab');
  });
});
