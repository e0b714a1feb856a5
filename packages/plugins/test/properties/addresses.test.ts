import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { DimError } from 'mkm';
import { encodeUtf8 } from 'mkm/extend';
import {
  decodeBase58,
  decodeBase58Check,
  decodeHex,
  encodeBase58,
  encodeBase58Check,
  encodeHex,
} from '../../src/coding.ts';
import { bitcoinStyleAddress, ethereumStyleDefinition } from '../../src/index.ts';
import { bitcoinStyle, characterChange, context, ethereumStyle } from './arbitraries.ts';
import { assertContract } from '../../../../tests/support/codec-contract.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const bytes = fc.uint8Array({ maxLength: 48 });
const { Address } = context;

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'none';
  } catch (error) {
    return error instanceof DimError ? error.code : String(error);
  }
}

describe('coding', () => {
  test('base58, base58check and hex give the bytes that were put in', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(decodeBase58(encodeBase58(input))).toEqual(input);
        expect(decodeBase58Check(encodeBase58Check(input))).toEqual(input);
        expect(decodeHex(encodeHex(input))).toEqual(input);
        expect(decodeHex(encodeHex(input).toUpperCase())).toEqual(input);
      }),
    );
  });

  test('any text in base58 has one spelling; anything else is refused', () => {
    const text = fc.oneof(fc.string({ unit: fc.constantFrom(...Array.from(BASE58)), maxLength: 40 }), fc.string());
    fc.assert(
      fc.property(text, (written) => {
        const inAlphabet = Array.from(written).every((letter) => BASE58.includes(letter));
        if (inAlphabet) expect(encodeBase58(decodeBase58(written))).toBe(written);
        else expect(codeOf(() => decodeBase58(written))).toBe('INPUT_FORMAT');
      }),
    );
  });

  test('hex takes digits in pairs and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('09afAFgG -x')), maxLength: 10 }), (text) => {
        const isHex = /^([0-9a-f]{2})*$/i.test(text);
        expect(codeOf(() => decodeHex(text))).toBe(isHex ? 'none' : 'INPUT_FORMAT');
      }),
    );
  });
});

describe('BTC-style addresses', () => {
  test('the address of any fingerprint and network is read as itself', () => {
    fc.assert(
      fc.property(bytes, fc.nat(0xff), (fingerprint, network) => {
        const made = bitcoinStyleAddress(fingerprint, network);
        const read = Address.parse(made.text);
        expect(read).toEqual(made);
        expect([read.kind, read.network, read.text.length >= 26, read.text.length <= 35]).toEqual([
          'BTC',
          network,
          true,
          true,
        ]);
      }),
    );
  });

  test('one changed, missing or added character is refused', () => {
    const change = fc.oneof(
      characterChange(`${BASE58}0OIl+/@ é`),
      fc.nat().map((at) => (text: string) => text.slice(0, at % text.length) + text.slice((at % text.length) + 1)),
      fc.tuple(fc.nat(), fc.constantFrom(...Array.from(BASE58))).map(
        ([at, letter]) =>
          (text: string) =>
            text.slice(0, at % text.length) + letter + text.slice(at % text.length),
      ),
    );
    fc.assert(
      fc.property(bitcoinStyle, change, (text, edit) => {
        fc.pre(edit(text) !== text);
        expect(codeOf(() => Address.parse(edit(text)))).toMatch(/^(INPUT_FORMAT|UNSUPPORTED_ADDRESS)$/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('ETH-style addresses', () => {
  test('one address in three spellings', () => {
    fc.assert(
      fc.property(ethereumStyle, (text) => {
        const digits = text.slice(2);
        const spellings = [text, `0x${digits.toLowerCase()}`, `0x${digits.toUpperCase()}`].map((one) =>
          Address.parse(one),
        );
        for (const spelling of spellings) {
          expect(spelling.equals(Address.parse(text))).toBe(true);
          expect([spelling.kind, spelling.network]).toEqual(['ETH', 0]);
        }
        expect(spellings.map(String)).toEqual([text, `0x${digits.toLowerCase()}`, `0x${digits.toUpperCase()}`]);
      }),
    );
  });

  test('the letter case of one digit flipped is refused', () => {
    fc.assert(
      fc.property(ethereumStyle, fc.nat(), (text, at) => {
        const letters = [...text.matchAll(/[a-f]/gi)].map(({ index }) => index);
        const index = letters[at % letters.length] ?? 0;
        const letter = text.charAt(index);
        const flipped = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
        const digits = (text.slice(0, index) + flipped + text.slice(index + 1)).slice(2);
        // All in one case is an address without a checksum.
        fc.pre(digits !== digits.toLowerCase() && digits !== digits.toUpperCase());
        expect(codeOf(() => Address.parse(`0x${digits}`))).toBe('INPUT_FORMAT');
      }),
    );
  });

  test('one changed character is refused, or is another address that the checksum of letter case cannot tell', () => {
    fc.assert(
      fc.property(ethereumStyle, characterChange('0123456789abcdefABCDEFgG '), (text, edit) => {
        const changed = edit(text);
        fc.pre(changed !== text);
        const read = Address.tryParse(changed);
        if (read !== undefined) {
          expect(read.text).toBe(changed);
          expect(changed.toLowerCase() === text.toLowerCase()).toBe(read.equals(Address.parse(text)));
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** The rules of ETH-style addresses, word for word. */
function readEthereumStyle(text: string): string {
  const digits = text.slice(2);
  if (!/^[0-9A-Fa-f]{40}$/.test(digits)) return 'INPUT_FORMAT: an ETH-style address has 40 hex digits';
  const hash = encodeHex(keccak_256(encodeUtf8(digits.toLowerCase())));
  const checksummed = Array.from(digits.toLowerCase(), (digit, index) =>
    Number.parseInt(hash.charAt(index), 16) >= 8 ? digit.toUpperCase() : digit,
  ).join('');
  return [digits.toLowerCase(), digits.toUpperCase(), checksummed].includes(digits)
    ? `0x${digits.toLowerCase()}`
    : 'INPUT_FORMAT: an ETH-style address with mixed case must have the case of EIP-55';
}

test('ETH-style addresses are read by the rules, whatever is done to them', () => {
  const flip = (letter: string): string =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  // Beside the digits in ASCII, equal to them but for one bit, or in a byte of their code, or digits and letters to others.
  const odd = fc.constantFrom(
    ...Array.from('/:@G`g\u{10}\u{19}\u{1}\u{6}\0\u{b0}\u{c1}\u{e1}\u0130\u0141\u0161\u{212a}０Ａａ٣😀 \n-'),
  );
  type Edit = (text: string) => string;
  const at = fc.integer({ min: 2, max: 41 });
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    at.map(
      (index): Edit =>
        (text) =>
          text.slice(0, index) + flip(text.charAt(index)) + text.slice(index + 1),
    ),
    fc.tuple(at, odd).map(
      ([index, letter]): Edit =>
        (text) =>
          text.slice(0, index) + letter + text.slice(index + 1),
    ),
    fc.tuple(at, odd).map(
      ([index, letter]): Edit =>
        (text) =>
          text.slice(0, index) + letter + text.slice(index),
    ),
    at.map(
      (index): Edit =>
        (text) =>
          text.slice(0, index) + text.slice(index + 1),
    ),
    fc.constantFrom<Edit>(
      (text) => `0x${text.slice(2).toUpperCase()}`,
      (text) => text.toLowerCase(),
      (text) => `${text}0`,
    ),
  );
  const definition = ethereumStyleDefinition();
  fc.assert(
    fc.property(ethereumStyle, fc.array(edit, { maxLength: 3 }), (address, edits) => {
      const text = edits.reduce((changed, change) => change(changed), address);
      let read: string | undefined;
      try {
        read = definition.parse(text)?.canonical;
      } catch (error) {
        read = error instanceof DimError ? error.message : String(error);
      }
      expect(read).toBe(readEthereumStyle(text));
    }),
    { numRuns: 3000 },
  );
});

test('any text is an address or is refused with one answer', () => {
  assertContract(
    Address,
    fc.oneof(
      fc.anything(),
      fc.string(),
      bitcoinStyle.map((text) => `0x${text}`),
    ),
    200,
  );
  assertContract(
    context.ID,
    fc.tuple(fc.string(), bitcoinStyle).map((parts) => parts.join('@')),
    100,
  );
});
