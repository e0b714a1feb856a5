/** Reading addresses: each definition is asked in turn. */
import { callPlugin } from '../errors/call-plugin.ts';
import { DimError } from '../errors/dim-error.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import { collectDefinitions } from '../extension/definition-table.ts';
import type { Plugin } from '../extension/plugin.ts';
import type { AddressDefinition } from '../identity/address-definition.ts';
import { Address } from '../identity/address.ts';
import { fromLegacyNetwork } from '../identity/entity-type.ts';
import { typeName } from '../wire/json-map.ts';
import type { Limits } from '../wire/limits.ts';
import { hasBrand } from '../wire/other-copies.ts';

/** The codec of the addresses that plugins define. @param legacyNetworks see `IdentityContextOptions` */
export function createAddressCodec(
  plugins: readonly Plugin[],
  limits: Limits,
  legacyNetworks: boolean,
): Codec<Address> {
  const definitions = [
    ...collectDefinitions<AddressDefinition>(plugins, 'address', (definition) => definition.name).values(),
  ];
  function read(input: unknown): Address {
    if (input instanceof Address) return input;
    if (hasBrand(input, 'mkm.Address')) return read((input as Address).text);
    if (typeof input !== 'string') throw new DimError('INPUT_TYPE', `must be text, not ${typeName(input)}`);
    if (input.length > limits.idLength)
      throw new DimError('INPUT_LIMIT', `is longer than ${limits.idLength} characters`);
    for (const definition of definitions) {
      const address = callPlugin(`address ${definition.name}`, () => definition.parse(input));
      if (address === undefined) continue;
      requireAddress(address, definition.name);
      return legacyNetworks ? withLegacyType(address) : address;
    }
    throw new DimError('UNSUPPORTED_ADDRESS', 'no plugin reads an address of this form');
  }
  return createCodec(read);
}

/** What an ID compares is of a plugin's making: without a text it would be equal to any other that has none. */
function requireAddress(address: Partial<Address> | null, name: string): void {
  // One of another copy of this library is as good.
  const { text, canonical, kind, network, type, equals } = address ?? {};
  const hasTexts = typeof text === 'string' && typeof canonical === 'string' && typeof kind === 'string';
  const isAddress = hasTexts && Number.isInteger(network) && Number.isInteger(type) && typeof equals === 'function';
  if (!isAddress || text === '' || canonical === '')
    throw new DimError('INTERNAL_PLUGIN', `the definition of address ${name} gave no Address`);
}

function withLegacyType(address: Address): Address {
  const type = fromLegacyNetwork(address.network);
  if (type === address.type) return address;
  const { text, kind, network, canonical } = address;
  return new Address({ text, kind, network, type, canonical });
}
