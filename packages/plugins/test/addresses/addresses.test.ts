import { describe, expect, test } from '@jest/globals';
import { Address, createIdentityContext, DimError, EntityType } from 'mkm';
import {
  bitcoinStyleAddress,
  decodeHex,
  encodeBase58Check,
  ethereumStyleAddress,
  standardPlugins,
} from '../../src/index.ts';
import { vectors } from '../fixtures.ts';

const { Address: codec } = createIdentityContext({ plugins: [standardPlugins()] });
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
    `0x${lower.slice(2, -1)}B`,
    '0xE0636a7fa268603bBdB00fB3CCF282fc6443f1E1',
    '0xgggggggggggggggggggggggggggggggggggggggg',
    `${lower}0`,
    lower.slice(0, -1),
    `${lower}\n`,
    '0x',
    `0X${lower.slice(2)}`,
  ])('%j is refused', (text) => {
    expect(() => codec.parse(text)).toThrow(DimError);
  });

  test('needs an uncompressed key', () => {
    expect(() => ethereumStyleAddress(new Uint8Array(33))).toThrow('INPUT_KEY');
  });
});

describe('Bitcoin style', () => {
  test('the network byte is kept for every byte, and must be one', () => {
    for (const network of [0, 1, 5, 8, 0x40, 0x88, 0xff]) {
      const address = bitcoinStyleAddress(Uint8Array.of(1, 2, 3), network);
      expect(codec.parse(address.text)).toMatchObject({ kind: 'BTC', network, type: network });
    }
    for (const network of [-1, 256, 1.5, Number.NaN]) {
      expect(() => bitcoinStyleAddress(Uint8Array.of(1), network)).toThrow('USAGE_ARGUMENT');
    }
  });

  test.each([
    ['one letter changed', '126LCHc9Qcvp928puqyS3dphrDNrN4GzT1'],
    ['a letter that base58 has not', '126LC0c9Qcvp928puqyS3dphrDNrN4GzTc'],
    ['one byte less, with a good checksum', encodeBase58Check(new Uint8Array(20).fill(7))],
    ['one byte more, with a good checksum', encodeBase58Check(new Uint8Array(22).fill(7))],
    ['too short', '2222222222222222222222222'],
    ['too long', '222222222222222222222222222222222222'],
  ])('%s is refused', (_name, text) => {
    expect(() => codec.parse(text)).toThrow(DimError);
  });
});

test('an address of a context is an address of any', () => {
  expect(codec.parse('126LCHc9Qcvp928puqyS3dphrDNrN4GzTc')).toBeInstanceOf(Address);
});
