/** Addresses of both kinds: computed, read, and refused. */
import { describe, expect, test } from '@jest/globals';
import { Address, createIdentityContext, definePlugin, EntityType } from 'mkm';
import { decodeBase58Check, decodeHex, encodeBase58Check } from '../../src/coding.ts';
import {
  bitcoinStyleAddress,
  bitcoinStyleDefinition,
  ethereumStyleAddress,
  ethereumStyleDefinition,
  standardPlugin,
} from '../../src/index.ts';
import { failure, vectors } from '../fixtures.ts';

const { Address: codec } = createIdentityContext({ plugins: [standardPlugin()] });
const UNKNOWN = 'UNSUPPORTED_ADDRESS: no plugin reads an address of this form';
const DIGITS = 'INPUT_FORMAT: an ETH-style address has 40 hex digits';
const CASE = 'INPUT_FORMAT: an ETH-style address with mixed case must have the case of EIP-55';
const CHECKSUM = 'INPUT_FORMAT: has a wrong checksum';
const LENGTH = 'INPUT_FORMAT: a BTC-style address has 21 bytes and a checksum';
const cases = vectors<{ kind: string; fingerprint_hex: string; network: number; address: string }>('addresses');

describe('addresses', () => {
  test.each(cases)('$kind $address', ({ kind, fingerprint_hex, network, address }) => {
    const data = decodeHex(fingerprint_hex);
    const computed = kind === 'ETH' ? ethereumStyleAddress(data) : bitcoinStyleAddress(data, network);
    expect(computed.text).toBe(address);
    const parsed = codec.parse(address);
    expect([parsed.kind, parsed.network, parsed.text, parsed.equals(computed)]).toEqual([kind, network, address, true]);
  });
});

describe('Ethereum style', () => {
  const checksummed = '0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354';
  const lower = checksummed.toLowerCase();
  const upper = `0x${lower.slice(2).toUpperCase()}`;

  test('is one address in lower case, upper case and the case of EIP-55, and is written as it came', () => {
    for (const text of [lower, upper, checksummed]) {
      const address = codec.parse(text);
      expect([address.text, address.type, address.equals(codec.parse(checksummed))]).toEqual([
        text,
        EntityType.USER,
        true,
      ]);
    }
  });

  test.each([
    [`0x${lower.slice(2, -1)}B`, CASE],
    ['0xE0636a7fa268603bBdB00fB3CCF282fc6443f1E1', CASE],
    ['0xgggggggggggggggggggggggggggggggggggggggg', DIGITS],
    [`${lower}0`, DIGITS],
    [`0xa${lower.slice(2)}`, DIGITS],
    [`0x-${lower.slice(3)}`, DIGITS],
    [lower.slice(0, -1), DIGITS],
    [`${lower}\n`, DIGITS],
    // As long as a BTC-style address, and none.
    [lower.slice(0, 34), DIGITS],
    ['0x', DIGITS],
    [`0X${lower.slice(2)}`, UNKNOWN],
  ])('%j is refused', async (text, message) => {
    expect((await failure(() => codec.parse(text))).message).toBe(message);
  });

  test('is not equal to another', () => {
    const other = codec.parse('0x5573970f81cdddaf6a764eac18cc6398f8f11355');
    expect([other.equals(codec.parse(lower)), other.equals(codec.parse(checksummed))]).toEqual([false, false]);
  });

  test('is no other kind of address', async () => {
    const { Address: only } = createIdentityContext({ plugins: [definePlugin('eth', [ethereumStyleDefinition()])] });
    expect((await failure(() => only.parse('126LCHc9Qcvp928puqyS3dphrDNrN4GzTc'))).message).toBe(UNKNOWN);
  });

  test('is of a key of 64 bytes, or of 65 with the form before them', () => {
    for (const first of [0, 4, 255]) {
      const point = new Uint8Array(64).fill(1).fill(first, 0, 1);
      expect(ethereumStyleAddress(Uint8Array.of(4, ...point)).text).toBe(ethereumStyleAddress(point).text);
    }
  });

  test.each([
    ['a compressed key', Uint8Array.of(2, ...new Uint8Array(32))],
    ['63 bytes', new Uint8Array(63).fill(4)],
    ['66 bytes', new Uint8Array(66).fill(4)],
    ['65 bytes of another form', Uint8Array.of(6, ...new Uint8Array(64))],
  ])('is not of %s', async (_what, key) => {
    expect((await failure(() => ethereumStyleAddress(key))).message).toBe(
      'INPUT_KEY: an ETH-style address needs an uncompressed ECC public key',
    );
  });
});

describe('Bitcoin style', () => {
  test('the network byte is kept for every byte, and must be one', () => {
    for (const network of [0, 1, 5, 8, 0x40, 0x88, 0xff]) {
      const address = bitcoinStyleAddress(Uint8Array.of(1, 2, 3), network);
      expect(codec.parse(address.text)).toMatchObject({ kind: 'BTC', network, type: network });
    }
    for (const network of [-1, 256, 1.5, Number.NaN]) {
      expect(() => bitcoinStyleAddress(Uint8Array.of(1), network)).toThrow(
        'USAGE_ARGUMENT at network: a network must be a byte',
      );
    }
  });

  test.each([
    ['one letter changed', '126LCHc9Qcvp928puqyS3dphrDNrN4GzT1', CHECKSUM],
    ['a letter that base58 has not', '126LC0c9Qcvp928puqyS3dphrDNrN4GzTc', 'INPUT_FORMAT: must be base58'],
    ['one byte less, with a good checksum', encodeBase58Check(new Uint8Array(20).fill(7)), LENGTH],
    ['one byte more, with a good checksum', encodeBase58Check(new Uint8Array(22).fill(7)), LENGTH],
    ['25 characters', '2'.repeat(25), UNKNOWN],
    ['26 characters', '2'.repeat(26), CHECKSUM],
    ['35 characters', '2'.repeat(35), CHECKSUM],
    ['36 characters', '2'.repeat(36), UNKNOWN],
    ['one of another kind', `0x${'2'.repeat(30)}`, UNKNOWN],
  ])('%s is refused', async (_name, text, message) => {
    const { Address: only } = createIdentityContext({ plugins: [definePlugin('btc', [bitcoinStyleDefinition()])] });
    expect((await failure(() => only.parse(text))).message).toBe(message);
  });

  test.each([
    ['lowest', 0, '1111111111111111111114oLvT2'],
    ['highest', 255, '2n1XR4oJkmBdJMxhBGQGb96gQ88xUyGML1i'],
  ])('the %s is read', (_name, byte, text) => {
    expect(encodeBase58Check(new Uint8Array(21).fill(byte))).toBe(text);
    expect(codec.parse(text).network).toBe(byte);
  });
});

test('the digests are those of the backend that is given', () => {
  const sevens = { sha256: () => new Uint8Array(32).fill(7), ripemd160: () => new Uint8Array(20).fill(7) };
  const { text } = bitcoinStyleAddress(Uint8Array.of(1), 7, sevens);
  expect(text).toBe(encodeBase58Check(new Uint8Array(21).fill(7), sevens));
  expect(decodeBase58Check(text, sevens)).toEqual(new Uint8Array(21).fill(7));
  expect(bitcoinStyleDefinition(sevens).parse(text)?.network).toBe(7);
  expect(() => decodeBase58Check(text)).toThrow('checksum');
  expect(() => bitcoinStyleDefinition().parse(text)).toThrow('checksum');
  // The address of a key, and then which of its letters are upper case.
  const letters = { keccak256: (data: Uint8Array) => new Uint8Array(32).fill(data.length === 64 ? 0xaa : 0xa0) };
  const mixed = ethereumStyleAddress(new Uint8Array(64), letters).text;
  expect(mixed).toBe(`0x${'Aa'.repeat(20)}`);
  expect(ethereumStyleDefinition(letters).parse(mixed)?.text).toBe(mixed);
  expect(() => ethereumStyleDefinition().parse(mixed)).toThrow('EIP-55');
});

test('an address of a context is an address of any', () => {
  expect(codec.parse('126LCHc9Qcvp928puqyS3dphrDNrN4GzTc')).toBeInstanceOf(Address);
});
