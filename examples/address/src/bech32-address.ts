/**
 * An ID address of our own, with its meta: `dim1…`, Bech32m over a network byte and 20 bytes of the hash of the
 * fingerprint. Bech32m finds typing errors, and has no letters that look alike.
 */
import { bech32m } from '@scure/base';
import { Address, defineAddress, defineMeta, definePlugin, DimError } from 'dimp';
import { ripemd160, sha256 } from 'dimplugins/coding';

const PREFIX = 'dim';
const KIND = 'BECH32';
const LENGTH = 21;

export function bech32Address(fingerprint: Uint8Array, network: number): Address {
  const bytes = Uint8Array.of(network, ...ripemd160(sha256(fingerprint)));
  return new Address({ text: bech32m.encodeFromBytes(PREFIX, bytes), kind: KIND, network });
}

export const bech32Definition = defineAddress({
  name: KIND,
  parse(text) {
    if (!text.startsWith(`${PREFIX}1`)) return undefined;
    const bytes = decode(text);
    const [network] = bytes;
    if (bytes.length !== LENGTH || network === undefined)
      throw new DimError('INPUT_FORMAT', `a ${PREFIX}1 address has ${LENGTH} bytes`);
    return new Address({ text, kind: KIND, network });
  },
});

function decode(text: string): Uint8Array {
  try {
    return bech32m.decodeToBytes(text).bytes;
  } catch (error) {
    throw new DimError('INPUT_FORMAT', 'has letters or a checksum that Bech32m has not', { cause: error });
  }
}

/** Metas of type 77: a name, and our address over the fingerprint. */
export const bech32Meta = defineMeta({
  type: '77',
  name: KIND,
  seed: 'required',
  address: ({ fingerprint }, network) => (fingerprint === undefined ? undefined : bech32Address(fingerprint, network)),
});

export const bech32Plugin = definePlugin('bech32', [bech32Definition, bech32Meta]);
