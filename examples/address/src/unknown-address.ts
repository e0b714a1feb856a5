/**
 * Keeps addresses of kinds that nobody knows yet readable: a list of contacts is better off showing them than losing
 * them. Without the plugin of its kind no meta can be read for it, so that no key is ever trusted.
 */
import { Address, defineAddress, definePlugin, EntityType } from 'dimp';

/** Goes last: definitions are asked in the order of the plugins. */
export const unknownAddressPlugin = definePlugin('unknown addresses', [
  defineAddress({
    name: 'unknown',
    parse: (text) =>
      /^[A-Za-z0-9-]{8,64}$/.test(text) ? new Address({ text, kind: 'unknown', network: EntityType.USER }) : undefined,
  }),
]);
