/** Addresses of our own, `h<network>-<hash>`, and metas that make them of their fingerprint. */
import { createHash } from 'node:crypto';
import * as mkm from 'mkm';

export const hashAddressDefinition: mkm.AddressDefinition = mkm.defineAddress({
  name: 'hash',
  parse(text) {
    const [, digits] = /^h(\d{1,3})-[0-9a-f]{32}$/.exec(text) ?? [];
    const network = Number(digits);
    // Not ours, or a number that is no byte.
    return digits === String(network) && network <= 0xff ? new mkm.Address({ text, kind: 'hash', network }) : undefined;
  },
});

export const hashMeta: mkm.MetaDefinition = mkm.defineMeta({
  type: mkm.MetaType.MKM,
  name: 'MKM',
  seed: 'required',
  address: ({ fingerprint }, network) => (fingerprint === undefined ? undefined : hashAddress(fingerprint, network)),
});

function hashAddress(data: Uint8Array, network: number): mkm.Address {
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 32);
  return new mkm.Address({ text: `h${network}-${hash}`, kind: 'hash', network });
}
