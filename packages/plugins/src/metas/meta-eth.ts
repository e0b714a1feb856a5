/** Meta type 4, ETH: no name, and an ETH-style address over the public key's data. Users only, ECC only. */
import { defineMeta, DimError, EntityType, MetaType, type MetaDefinition } from 'mkm';
import { ethereumStyleAddress } from '../addresses/ethereum-style.ts';

/** Metas of type ETH. */
export const ethMeta: MetaDefinition = /* @__PURE__ */ defineMeta({
  type: MetaType.ETH,
  name: 'ETH',
  seed: 'absent',
  address({ publicKey }, network) {
    return network === EntityType.USER ? ethereumStyleAddress(publicKey.data) : undefined;
  },
  checkKey(key) {
    if (key.data.length !== 65) throw new DimError('INPUT_KEY', 'a meta of type ETH needs an uncompressed ECC key');
  },
});
