/**
 * ETH-style addresses: `0x` and 40 hex digits in the letter case of EIP-55, the last 20 bytes of keccak256 of the
 * 64-byte public key. Their entity type is always USER.
 */
import { keccak256 } from '#backend';
import { Address, defineAddress, DimError, EntityType, type AddressDefinition } from 'mkm';
import type { Backend } from '../backend/backend.ts';
import { requireBytes } from '../coding/byte-argument.ts';
import { encodeHex } from '../coding/hex.ts';
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

// Bits for what characters there are: upper case is the one after lower case.
const LOWER = 1;
const UPPER = 2;
const NO_DIGIT = 4;

/** The bit that a letter in lower case has, and the same in upper case has not. Digits have it. */
const IN_LOWER = 0x20;

/** By the code of each in ASCII; zero for 0 to 9. A table, as processors are slow where they cannot guess a branch. */
const CASES: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if ('0123456789'.includes(character)) return 0;
  if ('abcdef'.includes(character)) return LOWER;
  return 'ABCDEF'.includes(character) ? UPPER : NO_DIGIT;
});

function caseAt(text: string, index: number): number {
  return CASES[text.charCodeAt(PREFIX.length + index)] ?? NO_DIGIT;
}

/** The digits in lower case as bytes of ASCII, which is what EIP-55 hashes, and whether the text has letters of both cases. */
function readDigits(text: string): { readonly lower: Uint8Array; readonly isMixed: boolean } {
  const lower = new Uint8Array(DIGITS);
  let cases = text.length === PREFIX.length + DIGITS ? 0 : NO_DIGIT;
  for (let index = 0; index < DIGITS && cases < NO_DIGIT; index++) {
    cases |= caseAt(text, index);
    lower[index] = text.charCodeAt(PREFIX.length + index) | IN_LOWER;
  }
  if (cases >= NO_DIGIT) throw new DimError('INPUT_FORMAT', 'an ETH-style address has 40 hex digits');
  return { lower, isMixed: cases === (LOWER | UPPER) };
}

/** EIP-55: a letter is upper case where the hash of the digits in lower case has a digit of 8 or more. Zero where it is so. */
function wrongCaseAt(text: string, index: number, hash: Uint8Array): number {
  const highest = ((hash[index >> 1] ?? 0) >> (index % 2 === 0 ? 7 : 3)) & 1;
  return caseAt(text, index) & ~(LOWER << highest);
}

function hasChecksumCase(text: string, lower: Uint8Array, backend: EthereumStyleBackend): boolean {
  const hash = askPlatform(() => backend.keccak256(lower));
  let wrong = 0;
  for (let index = 0; index < DIGITS; index++) wrong |= wrongCaseAt(text, index, hash);
  return wrong === 0;
}

function withChecksumCase(canonical: string, backend: EthereumStyleBackend): string {
  const hash = askPlatform(() => backend.keccak256(readDigits(canonical).lower));
  const codes: number[] = [];
  for (let index = 0; index < DIGITS; index++) {
    const code = canonical.charCodeAt(PREFIX.length + index);
    // Wrong are letters in lower case alone, for which it says 1.
    codes.push(code - IN_LOWER * wrongCaseAt(canonical, index, hash));
  }
  return PREFIX + String.fromCharCode(...codes);
}
