/** Meta type 4, ETH: no name, and an ETH-style address over the public key's data. Users only, ECC only. */
import { defineMeta, DimError, EntityType, MetaType, type MetaDefinition } from 'mkm';
import { ethereumStyleAddress, type EthereumStyleBackend } from '../addresses/ethereum-style.ts';

/**
 * Metas of type ETH.
 * @param backend whose digest makes the addresses; the platform's, if not given
 *
 * @example
 * ```ts
 * import { eccAlgorithm, ethereumStyleDefinition, ethMeta } from 'dimplugins';
 * import { createIdentityContext, definePlugin } from 'mkm';
 *
 * const identities = definePlugin('identities', [eccAlgorithm(), ethMeta(), ethereumStyleDefinition()]);
 * const { Meta } = createIdentityContext({ plugins: [identities] });
 * ```
 */
export function ethMeta(backend?: EthereumStyleBackend): MetaDefinition {
  return defineMeta({
    type: MetaType.ETH,
    name: 'ETH',
    seed: 'absent',
    address({ publicKey }, network) {
      return network === EntityType.USER ? ethereumStyleAddress(publicKey.data, backend) : undefined;
    },
    checkKey(key) {
      if (key.data.length !== 65) throw new DimError('INPUT_KEY', 'a meta of type ETH needs an uncompressed ECC key');
    },
  });
}
