/** Meta type 1, MKM: a name, and a BTC-style address over the fingerprint that signs it. */
import { defineMeta, MetaType, type MetaDefinition } from 'mkm';
import { bitcoinStyleAddress, type BitcoinStyleBackend } from '../addresses/bitcoin-style.ts';

/**
 * Metas of type MKM.
 * @param backend whose digests make the addresses; the platform's, if not given
 *
 * @example
 * ```ts
 * import { bitcoinStyleDefinition, eccAlgorithm, mkmMeta } from 'dimplugins';
 * import { createIdentityContext, definePlugin } from 'mkm';
 *
 * const identities = definePlugin('identities', [eccAlgorithm(), mkmMeta(), bitcoinStyleDefinition()]);
 * const { Meta } = createIdentityContext({ plugins: [identities] });
 * ```
 */
export function mkmMeta(backend?: BitcoinStyleBackend): MetaDefinition {
  return defineMeta({
    type: MetaType.MKM,
    name: 'MKM',
    seed: 'required',
    address({ fingerprint }, network) {
      return fingerprint === undefined ? undefined : bitcoinStyleAddress(fingerprint, network, backend);
    },
  });
}
