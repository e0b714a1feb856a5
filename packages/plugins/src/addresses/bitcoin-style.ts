/**
 * BTC-style addresses: base58(network(1) + ripemd160(sha256(fingerprint))(20) + checksum(4)), 26 to 35 characters.
 * The checksum is the start of sha256(sha256(network + hash)).
 */
import { ripemd160, sha256 } from '#backend';
import { Address, defineAddress, DimError, type AddressDefinition } from 'mkm';
import type { Backend } from '../backend/backend.ts';
import { decodeBase58Check, encodeBase58Check } from '../coding/base58.ts';
import { requireBytes } from '../coding/byte-argument.ts';
import { askPlatform } from '../backend/ask-platform.ts';

const KIND = 'BTC';
const MIN_LENGTH = 26;
const MAX_LENGTH = 35;
const PAYLOAD_BYTES = 21;

/** What these addresses need of a backend. */
export type BitcoinStyleBackend = Pick<Backend, 'sha256' | 'ripemd160'>;
const PLATFORM: BitcoinStyleBackend = { sha256, ripemd160 };

/**
 * The BTC-style address of fingerprint data for a network byte (0 to 255).
 * @param backend whose digests to take; the platform's, if not given
 *
 * @example
 * ```ts
 * import { bitcoinStyleAddress } from 'dimplugins';
 * import { EntityType, type Meta } from 'mkm';
 *
 * const groupOf = (meta: Meta) => bitcoinStyleAddress(meta.fingerprint ?? meta.publicKey.data, EntityType.GROUP);
 * ```
 * @throws DimError `USAGE_ARGUMENT` for what is no byte or no bytes
 */
export function bitcoinStyleAddress(
  fingerprint: Uint8Array,
  network: number,
  backend: BitcoinStyleBackend = PLATFORM,
): Address {
  if (!Number.isInteger(network) || network < 0 || network > 0xff) {
    throw new DimError('USAGE_ARGUMENT', 'a network must be a byte', { path: 'network' });
  }
  const data = requireBytes(fingerprint, 'data');
  const payload = new Uint8Array(PAYLOAD_BYTES);
  payload[0] = network;
  payload.set(
    askPlatform(() => backend.ripemd160(backend.sha256(data))),
    1,
  );
  return new Address({ text: encodeBase58Check(payload, backend), kind: KIND, network });
}

/**
 * Reads BTC-style addresses, with the SHA-256 of a backend.
 * @param backend the platform's, if not given
 *
 * @example
 * ```ts
 * import { bitcoinStyleDefinition } from 'dimplugins';
 * import { createIdentityContext, definePlugin } from 'mkm';
 *
 * const { ID } = createIdentityContext({ plugins: [definePlugin('btc', [bitcoinStyleDefinition()])] });
 * ID.parse('hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc').isUser; // true
 * ```
 */
export function bitcoinStyleDefinition(backend: Pick<Backend, 'sha256'> = PLATFORM): AddressDefinition {
  return defineAddress({
    name: KIND,
    parse(text) {
      if (text.length < MIN_LENGTH || text.length > MAX_LENGTH || text.startsWith('0x')) return undefined;
      const payload = decodeBase58Check(text, backend);
      if (payload.length !== PAYLOAD_BYTES) {
        throw new DimError('INPUT_FORMAT', `a BTC-style address has ${PAYLOAD_BYTES} bytes and a checksum`);
      }
      return new Address({ text, kind: KIND, network: payload[0] ?? 0 });
    },
  });
}
