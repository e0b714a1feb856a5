/**
 * ETH-style addresses: `0x` and 40 hex digits in the letter case of EIP-55, the last 20 bytes of keccak256 of the
 * 64-byte public key. Their entity type is always USER.
 */
import { Address, defineAddress, DimError, EntityType, type AddressDefinition } from 'mkm';
import { encodeUtf8 } from 'mkm/extend';
import { keccak256 } from '#digests';
import { requireBytes } from '../coding/byte-argument.ts';
import { encodeHex } from '../coding/hex.ts';

const KIND = 'ETH';

/**
 * The ETH-style address of a public key of 64 bytes, or of 65 with the leading 4.
 * @throws DimError `INPUT_KEY`
 */
export function ethereumStyleAddress(publicKey: Uint8Array): Address {
  requireBytes(publicKey, 'data');
  const point = publicKey.length === 65 && publicKey[0] === 0x04 ? publicKey.subarray(1) : publicKey;
  if (point.length !== 64) throw new DimError('INPUT_KEY', 'an ETH-style address needs an uncompressed ECC public key');
  const digits = encodeHex(keccak256(point).subarray(-20));
  return createAddress(`0x${withChecksumCase(digits)}`, digits);
}

/** Reads ETH-style addresses: all lower case, all upper case, or the case of EIP-55. */
export const ethereumStyleDefinition: AddressDefinition = /* @__PURE__ */ defineAddress({
  name: KIND,
  parse(text) {
    if (!text.startsWith('0x')) return undefined;
    const digits = text.slice(2);
    if (!/^[0-9A-Fa-f]{40}$/.test(digits)) throw new DimError('INPUT_FORMAT', 'an ETH-style address has 40 hex digits');
    const lower = digits.toLowerCase();
    if (digits !== lower && digits !== digits.toUpperCase() && digits !== withChecksumCase(lower)) {
      throw new DimError('INPUT_FORMAT', 'an ETH-style address with mixed case must have the case of EIP-55');
    }
    return createAddress(text, lower);
  },
});

function createAddress(text: string, lower: string): Address {
  return new Address({ text, kind: KIND, network: EntityType.USER, canonical: `0x${lower}` });
}

/** EIP-55: a letter is upper case where the hash of the lower-case digits has a digit of 8 or more. */
function withChecksumCase(lower: string): string {
  const hash = keccak256(encodeUtf8(lower));
  const isUpper = (index: number): boolean => (((hash[index >> 1] ?? 0) << ((index & 1) * 4)) & 0x80) !== 0;
  return lower.replaceAll(/[a-f]/g, (digit, index: number) => (isUpper(index) ? digit.toUpperCase() : digit));
}
