/** What an application imports that reads and verifies identities with ECC keys. */
import { bitcoinStyleDefinition, btcMeta, eccAlgorithm, ethereumStyleDefinition, ethMeta, mkmMeta } from 'dimplugins';
import { createMetaContext, definePlugin, verifyMeta } from 'mkm';

export const ecc = definePlugin('ecc', [
  eccAlgorithm(),
  bitcoinStyleDefinition(),
  ethereumStyleDefinition(),
  mkmMeta(),
  btcMeta(),
  ethMeta(),
]);
const { ID, Meta } = createMetaContext({ plugins: [ecc] });

/** Whether a meta is that of an ID. */
export const belongsTo = async (meta: object, id: string): Promise<boolean> =>
  (await verifyMeta(Meta.parse(meta), ID.parse(id))) !== false;
