/** Meta type 2, BTC: no name, and a BTC-style address over the public key's data. */
import { defineMeta, MetaType, type MetaDefinition } from 'mkm';
import { bitcoinStyleAddress, type BitcoinStyleBackend } from '../addresses/bitcoin-style.ts';

/**
 * Metas of type BTC.
 * @param backend whose digests make the addresses; the platform's, if not given
 *
 * @example
 * ```ts
 * import { bitcoinStyleDefinition, btcMeta, eccAlgorithm } from 'dimplugins';
 * import { createIdentityContext, definePlugin } from 'mkm';
 *
 * const identities = definePlugin('identities', [eccAlgorithm(), btcMeta(), bitcoinStyleDefinition()]);
 * const { Meta } = createIdentityContext({ plugins: [identities] });
 * ```
 */
export function btcMeta(backend?: BitcoinStyleBackend): MetaDefinition {
  return defineMeta({
    type: MetaType.BTC,
    name: 'BTC',
    seed: 'absent',
    address({ publicKey }, network) {
      return bitcoinStyleAddress(publicKey.data, network, backend);
    },
  });
}
