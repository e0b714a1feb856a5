/** Published vectors of base58 and base58check, and of Bitcoin's addresses, which BTC-style addresses share a form with. */
import { describe, expect, test } from '@jest/globals';
import { createIdentityContext } from 'mkm';
import { describeVectors } from '../../../../tests/support/public-vectors.ts';
import { decodeBase58, decodeBase58Check, encodeBase58, encodeBase58Check } from '../../src/coding.ts';
import { standardPlugin } from '../../src/index.ts';
import { at, failureCode, hex, toHex } from '../fixtures.ts';

interface Bs58 {
  readonly valid: readonly { readonly hex: string; readonly string: string }[];
  readonly invalid: readonly { readonly description: string; readonly string: string }[];
}

interface Bs58Check {
  readonly valid: readonly { readonly string: string; readonly payload: string }[];
  readonly invalid: readonly { readonly string: string }[];
}

type ValidKey = readonly [string, string, { readonly isPrivkey: boolean }];

const { Address } = createIdentityContext({ plugins: [standardPlugin()] });

describeVectors('base58', 'bitcoin-base58', (vectors) => {
  const bs58 = vectors.json<Bs58>('bs58_fixtures.json');
  const pairs = [
    ...vectors.json<readonly (readonly [string, string])[]>('base58_encode_decode.json'),
    ...bs58.valid.map((pair) => [pair.hex, pair.string] as const),
  ];

  test.each(pairs)('%s', (bytes, text) => {
    expect(encodeBase58(hex(bytes))).toBe(text);
    expect(toHex(decodeBase58(text))).toBe(bytes.toLowerCase());
  });

  test.each(bs58.invalid)('refuses a $description', async ({ string }) => {
    expect(await failureCode(() => decodeBase58(string))).toBe('INPUT_FORMAT');
  });

  describe('check', () => {
    const check = vectors.json<Bs58Check>('bs58check_fixtures.json');

    test.each(check.valid)('$string', ({ string, payload }) => {
      expect(encodeBase58Check(hex(payload))).toBe(string);
      expect(toHex(decodeBase58Check(string))).toBe(payload);
    });

    test.each(check.invalid)('refuses $string', async ({ string }) => {
      expect(await failureCode(() => decodeBase58Check(string))).toBe('INPUT_FORMAT');
    });
  });

  describe('addresses', () => {
    const keys = vectors.json<readonly ValidKey[]>('base58_keys_valid.json');
    const invalid = vectors.json<readonly (readonly [string])[]>('base58_keys_invalid.json').map(at0);

    test.each(keys.filter(([, , { isPrivkey }]) => !isPrivkey))('%s', (text, hash) => {
      const { network } = Address.parse(text);
      expect(toHex(decodeBase58Check(text))).toBe(toHex(Uint8Array.of(network)) + hash);
      expect(Address.parse(text).text).toBe(text);
    });

    test.each(keys.filter(([, , { isPrivkey }]) => isPrivkey))('%s is a private key and no address', async (text) => {
      expect(await failureCode(() => Address.parse(text))).toBe('UNSUPPORTED_ADDRESS');
    });

    // These are sound but for a network byte that Bitcoin does not have: here every byte is an entity type.
    const foreign = new Set([
      '2MnmgiRH4eGLyLc9eAqStzk7dFgBjFtUCtu',
      '2mbZwFXF6cxShaCo2czTRB62WTx9LxhTtpP',
      'dB7cwYdcPSgiyAwKWL3JwCVwSk6epU2txw',
      'HPhFUhUAh8ZQQisH8QQWafAxtQYju3SFTX',
      '4ctAH6AkHzq5ioiM1m9T3E2hiYEev5mTsB',
      'EsYbG4tWWWY45G31nox838qNdzksbPySWc',
      '2TAq2tuN6x6m233bpT7yqdYQPELdTDJn1eU',
    ]);

    test.each(invalid.filter((text) => !foreign.has(text)))('%j is no address', async (text) => {
      expect(await failureCode(() => Address.parse(text))).toMatch(/^(INPUT_FORMAT|UNSUPPORTED_ADDRESS)$/);
    });

    test.each([...foreign])('%s has a network byte of its own', (text) => {
      expect(invalid).toContain(text);
      expect([0, 5, 111, 196]).not.toContain(Address.parse(text).network);
      expect(decodeBase58Check(text)).toHaveLength(21);
    });
  });
});

function at0(row: readonly string[]): string {
  return at(row, 0);
}
