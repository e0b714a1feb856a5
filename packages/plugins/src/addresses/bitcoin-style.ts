/**
 * BTC-style addresses: base58(network(1) + ripemd160(sha256(fingerprint))(20) + checksum(4)), 26 to 35 characters.
 * The checksum is the start of sha256(sha256(network + hash)).
 */
import { Address, defineAddress, DimError, type AddressDefinition } from 'mkm';
import { decodeBase58Check, encodeBase58Check } from '../coding/base58.ts';
import { ripemd160, sha256 } from '#digests';
import { requireBytes } from '../coding/byte-argument.ts';

const KIND = 'BTC';
const MIN_LENGTH = 26;
const MAX_LENGTH = 35;
const PAYLOAD_BYTES = 21;

/** The BTC-style address of fingerprint data for a network byte (0 to 255). */
export function bitcoinStyleAddress(fingerprint: Uint8Array, network: number): Address {
  if (!Number.isInteger(network) || network < 0 || network > 0xff) {
    throw new DimError('USAGE_ARGUMENT', 'a network must be a byte', { path: 'network' });
  }
  const payload = new Uint8Array(PAYLOAD_BYTES);
  payload[0] = network;
  payload.set(ripemd160(sha256(requireBytes(fingerprint, 'data'))), 1);
  return new Address({ text: encodeBase58Check(payload), kind: KIND, network });
}

/** Reads BTC-style addresses. */
export const bitcoinStyleDefinition: AddressDefinition = /* @__PURE__ */ defineAddress({
  name: KIND,
  parse(text) {
    if (text.length < MIN_LENGTH || text.length > MAX_LENGTH || text.startsWith('0x')) return undefined;
    const payload = decodeBase58Check(text);
    if (payload.length !== PAYLOAD_BYTES) {
      throw new DimError('INPUT_FORMAT', `a BTC-style address has ${PAYLOAD_BYTES} bytes and a checksum`);
    }
    return new Address({ text, kind: KIND, network: payload[0] ?? 0 });
  },
});
