/** Meta type 2, BTC: no name, and a BTC-style address over the public key's data. */
import { defineMeta, MetaType, type MetaDefinition } from 'mkm';
import { bitcoinStyleAddress } from '../addresses/bitcoin-style.ts';

/** Metas of type BTC. */
export const btcMeta: MetaDefinition = /* @__PURE__ */ defineMeta({
  type: MetaType.BTC,
  name: 'BTC',
  seed: 'absent',
  address({ publicKey }, network) {
    return bitcoinStyleAddress(publicKey.data, network);
  },
});
