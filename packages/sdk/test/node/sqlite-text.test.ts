/** Text as bytes: any text comes back, and bytes compare as texts do. */
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { textBytes, textOfBytes } from '../../src/node/sqlite-text.ts';

/** Code units of all kinds, near to where UTF-8 and UTF-16 change their forms. */
const unit = fc.oneof(
  fc.constantFrom(
    0,
    0x41,
    0x7f,
    0x80,
    0x7ff,
    0x800,
    0xcfff,
    0xd000,
    0xd7ff,
    0xd800,
    0xdbff,
    0xdc00,
    0xdfff,
    0xe000,
    0xffff,
  ),
  fc.nat(0xffff),
);
const text = fc.array(unit, { maxLength: 6 }).map((units) => String.fromCharCode(...units));

test('any text comes back', () => {
  fc.assert(
    fc.property(text, (any) => {
      expect(textOfBytes(textBytes(any))).toBe(any);
      expect(textOfBytes(new Uint8Array([0xed, ...textBytes(any)]).subarray(1))).toBe(any);
    }),
  );
});

test('bytes compare as texts do, by code units', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const wanted = one === other ? 0 : one < other ? -1 : 1;
      expect(Buffer.compare(textBytes(one), textBytes(other))).toBe(wanted);
    }),
  );
});

test('what is well-formed and has no surrogates is UTF-8', () => {
  expect([...textBytes('aé字')]).toEqual([...new TextEncoder().encode('aé字')]);
  expect(textBytes('😀')).toHaveLength(6);
});
