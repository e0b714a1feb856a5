/** Meta type 1, MKM: a name, and a BTC-style address over the fingerprint that signs it. */
import { defineMeta, MetaType, type MetaDefinition } from 'mkm';
import { bitcoinStyleAddress } from '../addresses/bitcoin-style.ts';

/** Metas of type MKM. */
export const mkmMeta: MetaDefinition = /* @__PURE__ */ defineMeta({
  type: MetaType.MKM,
  name: 'MKM',
  seed: 'required',
  address({ fingerprint }, network) {
    return fingerprint === undefined ? undefined : bitcoinStyleAddress(fingerprint, network);
  },
});
