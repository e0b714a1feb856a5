import { describe, expect, test } from '@jest/globals';
import { DerTag, encodeDer, encodeDerBitString, encodeDerInteger, readDer } from '../../src/keys/der.ts';
import { failureCode, hex, toHex } from '../fixtures.ts';

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
    ['followed by another', '020101020101'],
    ['a length that could be shorter', '02810101'],
    ['a length with a leading zero', `02820080${'01'.repeat(128)}`],
    ['an indefinite length', '0280010000'],
    ['a length of four bytes', '0284ffffffff00'],
    ['a length of 126 bytes', `02fe${'01'.repeat(126)}`],
    ['nothing', ''],
  ])('refuses an integer that is %s', async (_what, text) => {
    expect(await failureCode(() => integerOf(text))).toBe('INPUT_FORMAT');
  });

  test('refuses what is left over in a sequence', async () => {
    const read = (): unknown =>
      readDer(hex('3006020101020102'), (reader) => reader.sequence((inner) => inner.integer()));
    expect(await failureCode(read)).toBe('INPUT_FORMAT');
  });

  test('refuses bit strings with unused bits or none at all', async () => {
    for (const text of ['030107', '0300', '03020180']) {
      expect(await failureCode(() => readDer(hex(text), (reader) => reader.bitString()))).toBe('INPUT_FORMAT');
    }
  });

  test('does not recurse without end', async () => {
    let nested = new Uint8Array();
    for (let depth = 0; depth < 5000; depth++) nested = new Uint8Array(encodeDer(DerTag.SEQUENCE, nested));
    const descend = (reader: Parameters<Parameters<typeof readDer>[1]>[0]): unknown => reader.sequence(descend);
    expect(await failureCode(() => readDer(nested, descend))).toBe('INPUT_FORMAT');
  });

  test.each([0, 1, 127, 128, 255, 256, 65_535])('reads what it wrote: %d bytes', (length) => {
    const content = new Uint8Array(length).fill(7);
    const read = readDer(encodeDer(DerTag.OCTET_STRING, content), (reader) => reader.element(DerTag.OCTET_STRING));
    expect(read).toEqual(content);
  });

  test('writes integers in their shortest form', () => {
    expect(toHex(encodeDerInteger(hex('0000ff')))).toBe('020200ff');
    expect(toHex(encodeDerInteger(hex('007f')))).toBe('02017f');
    expect(toHex(encodeDerInteger(hex('0000')))).toBe('020100');
    expect(toHex(encodeDerInteger(hex('')))).toBe('020100');
    expect(toHex(encodeDerBitString(hex('ab')))).toBe('030200ab');
  });
});
