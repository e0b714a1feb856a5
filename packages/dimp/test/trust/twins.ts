/** Two valid metas of one ID, as anybody can compute for some types, or an attack on a digest would give. */
import { standardPlugin } from 'dimplugins';
import { createDim, defineMeta, definePlugin, type Address, type Meta, type User } from '../../src/index.ts';
import { alice } from '../world.ts';

export { alice };

/** Metas that give any address. */
let wanted: Address;
const twins = definePlugin('twins', [defineMeta({ type: '99', name: 'TWIN', seed: 'absent', address: () => wanted })]);
export const withTwins = createDim({ plugins: [standardPlugin(), twins] });

/** A second meta of Alice, with the key of somebody else. */
export function twinOf(owner: User): Meta {
  wanted = alice.id.address;
  return withTwins.Meta.parse({ type: '99', key: owner.keys.identity.publicKey.fields });
}
