/**
 * ETH-style addresses: `0x` and 40 hex digits in the letter case of EIP-55, the last 20 bytes of keccak256 of the
 * 64-byte public key. Their entity type is always USER.
 */
import { keccak256 } from '#backend';
import { Address, defineAddress, DimError, EntityType, type AddressDefinition } from 'mkm';
import type { Backend } from '../backend/backend.ts';
import { requireBytes } from '../coding/byte-argument.ts';
import { digitValue, encodeHex } from '../coding/hex.ts';
import { askPlatform } from '../backend/ask-platform.ts';

const KIND = 'ETH';

/** What these addresses need of a backend. */
export type EthereumStyleBackend = Pick<Backend, 'keccak256'>;
const PLATFORM: EthereumStyleBackend = { keccak256 };

/**
 * The ETH-style address of a public key of 64 bytes, or of 65 with the leading 4.
 * @param backend whose digest to take; the platform's, if not given
 *
 * @example
 * ```ts
 * import { ethereumStyleAddress } from 'dimplugins';
 * import { type PublicKey } from 'mkm';
 *
 * const addressOf = (key: PublicKey) => ethereumStyleAddress(key.data).text; // 0x…
 * ```
 * @throws DimError `INPUT_KEY`
 */
export function ethereumStyleAddress(publicKey: Uint8Array, backend: EthereumStyleBackend = PLATFORM): Address {
  requireBytes(publicKey, 'data');
  const point = publicKey.length === 65 && publicKey[0] === 0x04 ? publicKey.subarray(1) : publicKey;
  if (point.length !== 64) throw new DimError('INPUT_KEY', 'an ETH-style address needs an uncompressed ECC public key');
  const digits = encodeHex(askPlatform(() => backend.keccak256(point)).subarray(-20));
  const canonical = PREFIX + digits;
  return createAddress(withChecksumCase(canonical, backend), canonical);
}

/**
 * Reads ETH-style addresses: all lower case, all upper case, or the case of EIP-55.
 * @param backend whose digest to take; the platform's, if not given
 *
 * @example
 * ```ts
 * import { ethereumStyleDefinition } from 'dimplugins';
 * import { createIdentityContext, definePlugin } from 'mkm';
 *
 * const { ID } = createIdentityContext({ plugins: [definePlugin('eth', [ethereumStyleDefinition()])] });
 * ID.parse('0xE5690C2F7797e04c0AD6bB40cCf6ef0E8704c3aC').isUser; // true
 * ```
 */
export function ethereumStyleDefinition(backend: EthereumStyleBackend = PLATFORM): AddressDefinition {
  return defineAddress({
    name: KIND,
    parse(text) {
      if (!text.startsWith(PREFIX)) return undefined;
      const { lower, isMixed } = readDigits(text);
      if (isMixed && !hasChecksumCase(text, lower, backend))
        throw new DimError('INPUT_FORMAT', 'an ETH-style address with mixed case must have the case of EIP-55');
      return createAddress(text, text.toLowerCase());
    },
  });
}

function createAddress(text: string, canonical: string): Address {
  return new Address({ text, kind: KIND, network: EntityType.USER, canonical });
}

const PREFIX = '0x';
const DIGITS = 40;

// ASCII has its digits and letters in rows of 32, of which each has a bit here.
const UPPER = 1 << 2;
const LOWER = 1 << 3;
const rowOf = (code: number): number => 1 << (code >> 5);

const codeAt = (text: string, index: number): number => text.charCodeAt(PREFIX.length + index);

/** The digits in lower case as bytes of ASCII, which is what EIP-55 hashes, and whether the text has letters of both cases. */
function readDigits(text: string): { readonly lower: Uint8Array; readonly isMixed: boolean } {
  const lower = new Uint8Array(DIGITS);
  let isHex = text.length === PREFIX.length + DIGITS;
  let rows = 0;
  for (let index = 0; isHex && index < DIGITS; index++) {
    const code = codeAt(text, index);
    isHex = digitValue(code) < 16;
    rows |= rowOf(code);
    // From upper case to lower, and nothing to digits, which have that bit.
    lower[index] = code | 0x20;
  }
  if (!isHex) throw new DimError('INPUT_FORMAT', 'an ETH-style address has 40 hex digits');
  return { lower, isMixed: (rows & UPPER) !== 0 && (rows & LOWER) !== 0 };
}

/**
 * EIP-55: a letter is upper case where the hash of the digits in lower case has a digit of 8 or more. The row in which a letter
 * is and should not be, or zero. Without branches: where they cannot be guessed, they cost more than all else.
 */
function wrongRowAt(text: string, index: number, hash: Uint8Array): number {
  const isUpper = ((hash[index >> 1] ?? 0) >> (index % 2 === 0 ? 7 : 3)) & 1;
  return rowOf(codeAt(text, index)) & (UPPER << isUpper);
}

function hasChecksumCase(text: string, lower: Uint8Array, backend: EthereumStyleBackend): boolean {
  const hash = askPlatform(() => backend.keccak256(lower));
  let wrong = 0;
  for (let index = 0; index < DIGITS; index++) wrong |= wrongRowAt(text, index, hash);
  return wrong === 0;
}

function withChecksumCase(canonical: string, backend: EthereumStyleBackend): string {
  const hash = askPlatform(() => backend.keccak256(readDigits(canonical).lower));
  const codes: number[] = [];
  // Wrong are letters in lower case alone: LOWER is a fourth of the bit that tells them from upper case.
  for (let index = 0; index < DIGITS; index++)
    codes.push(codeAt(canonical, index) - 4 * wrongRowAt(canonical, index, hash));
  return PREFIX + String.fromCharCode(...codes);
}
