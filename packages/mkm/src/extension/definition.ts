/** What a plugin can add to this layer: addresses, metas, documents, key algorithms. */
import type { Address } from '../identity/address.ts';
import type { Document, DocumentInit } from '../documents/document.ts';
import type { Awaitable, DecryptKey, EncryptKey, PrivateKey, PublicKey, SymmetricKey, VerifyKey } from '../keys/key.ts';
import type { JsonMap } from '../wire/json-map.ts';

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

/** How to read one type of document. */
export interface DocumentDefinition<D extends Document = Document> {
  readonly defines: 'document';
  /** The document's `type`. */
  readonly type: string;
  /** Makes the document of what the core read and checked. */
  read(init: DocumentInit): D;
}

/** Options for generating a key. */
export interface GenerateKeyOptions {
  /** Size in bits, for algorithms that have a choice. */
  readonly bits?: number;
}

/** A key algorithm: asymmetric, symmetric or both. */
export interface KeyAlgorithmDefinition {
  readonly defines: 'key';
  /** The algorithm's name on the wire. */
  readonly algorithm: string;
  /** Reads a public key map whose `algorithm` is this. */
  readonly publicKey?: { read(fields: JsonMap): PublicKey };
  readonly privateKey?: {
    /** Reads a private key map. */
    read(fields: JsonMap): PrivateKey;
    /** Makes a new key from the platform's secure generator. */
    generate(options: GenerateKeyOptions): Awaitable<PrivateKey>;
  };
  /** For keys that encrypt and do not verify; those that do both are in {@link KeyAlgorithmDefinition.publicKey}. */
  readonly encryptKey?: { read(fields: JsonMap): EncryptKey };
  /** For keys that decrypt and do not sign; those that do both are in {@link KeyAlgorithmDefinition.privateKey}. */
  readonly decryptKey?: {
    read(fields: JsonMap): DecryptKey;
    generate(options: GenerateKeyOptions): Awaitable<DecryptKey>;
  };
  readonly symmetricKey?: {
    read(fields: JsonMap): SymmetricKey;
    generate(options: GenerateKeyOptions): Awaitable<SymmetricKey>;
  };
}

/** Anything that this layer's plugins define. */
export type IdentityDefinition = AddressDefinition | MetaDefinition | DocumentDefinition | KeyAlgorithmDefinition;
