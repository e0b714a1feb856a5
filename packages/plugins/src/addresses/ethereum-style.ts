/**
 * ETH-style addresses: `0x` and 40 hex digits in the letter case of EIP-55, the last 20 bytes of keccak256 of the
 * 64-byte public key. Their entity type is always USER.
 */
import { keccak256 } from '#backend';
import { Address, defineAddress, DimError, EntityType, type AddressDefinition } from 'mkm';
import { encodeUtf8 } from 'mkm/extend';
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
  return createAddress(`0x${withChecksumCase(digits, backend)}`, digits);
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
      if (!text.startsWith('0x')) return undefined;
      const digits = text.slice(2);
      if (!/^[0-9A-Fa-f]{40}$/.test(digits))
        throw new DimError('INPUT_FORMAT', 'an ETH-style address has 40 hex digits');
      const lower = digits.toLowerCase();
      if (digits !== lower && digits !== digits.toUpperCase() && digits !== withChecksumCase(lower, backend)) {
        throw new DimError('INPUT_FORMAT', 'an ETH-style address with mixed case must have the case of EIP-55');
      }
      return createAddress(text, lower);
    },
  });
}

function createAddress(text: string, lower: string): Address {
  return new Address({ text, kind: KIND, network: EntityType.USER, canonical: `0x${lower}` });
}

/** EIP-55: a letter is upper case where the hash of the lower-case digits has a digit of 8 or more. */
function withChecksumCase(lower: string, backend: EthereumStyleBackend): string {
  const hash = askPlatform(() => backend.keccak256(encodeUtf8(lower)));
  const isUpper = (index: number): boolean => (((hash[index >> 1] ?? 0) << ((index & 1) * 4)) & 0x80) !== 0;
  return lower.replaceAll(/[a-f]/g, (digit, index: number) => (isUpper(index) ? digit.toUpperCase() : digit));
}
