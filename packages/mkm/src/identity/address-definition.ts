/** What a plugin defines of addresses. */
import type { Address } from './address.ts';

/** How to read one kind of address. */
export interface AddressDefinition {
  readonly defines: 'address';
  /** A name for this kind of address, unique in a context: `BTC`, `ETH`. */
  readonly name: string;
  /**
   * Reads an address text of this kind.
   * @returns undefined when the text is plainly of another kind, so that the next definition is asked
   * @throws DimError `INPUT_FORMAT` when it is of this kind and wrong
   */
  parse(text: string): Address | undefined;
}

/** Defines a kind of address, by an object or an instance of a class. */
export function defineAddress(definition: Omit<AddressDefinition, 'defines'>): AddressDefinition {
  return { defines: 'address', name: definition.name, parse: (text) => definition.parse(text) };
}
