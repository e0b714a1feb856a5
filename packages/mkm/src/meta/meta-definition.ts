/** What a plugin defines of metas. */
import type { Address } from '../identity/address.ts';
import type { PublicKey, VerifyKey } from '../keys/key.ts';

/** How a type of meta makes addresses. */
export interface MetaDefinition {
  readonly defines: 'meta';
  /** The type code on the wire, digits: `1`. */
  readonly type: string;
  /** The type's name, `MKM`: what callers write and what old peers may send as the type. */
  readonly name: string;
  /** Whether metas of this type have a seed (a name) and the fingerprint that signs it. */
  readonly seed: 'required' | 'absent';
  /**
   * The address that this meta gives for a network byte; undefined when it gives none for that network.
   * @throws DimError `INPUT_KEY` when the key cannot make such an address
   */
  address(source: MetaSource, network: number): Address | undefined;
  /**
   * Refuses keys that metas of this type cannot have.
   * @throws DimError `INPUT_KEY`
   */
  checkKey?(key: VerifyKey): void;
}

/** What an address is computed from. */
export interface MetaSource {
  readonly publicKey: PublicKey;
  /** The decoded fingerprint; present exactly where the definition requires a seed. */
  readonly fingerprint: Uint8Array | undefined;
}

/** Defines a type of meta, by an object or an instance of a class. */
export function defineMeta(definition: Omit<MetaDefinition, 'defines'>): MetaDefinition {
  const { type, name, seed } = definition;
  return {
    defines: 'meta',
    type,
    name,
    seed,
    address: (source, network) => definition.address(source, network),
    checkKey: (key) => definition.checkKey?.(key),
  };
}
