/** What a plugin defines of keys. */
import { toReader, type ClassOrReader } from '../extension/class-or-reader.ts';
import type { JsonMap } from '../wire/json-map.ts';
import type { Awaitable } from '../errors/awaitable.ts';
import type { DecryptKey, EncryptKey, PrivateKey, PublicKey, SymmetricKey } from './key.ts';

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

/** What {@link defineKeyAlgorithm} takes: for each kind of key a class or a reader function, and how to generate. */
export interface KeyAlgorithmParts extends Pick<KeyAlgorithmDefinition, 'algorithm'> {
  readonly publicKey?: ClassOrReader<[fields: JsonMap], PublicKey>;
  readonly privateKey?: ClassOrReader<[fields: JsonMap], PrivateKey> & Generator<PrivateKey>;
  readonly encryptKey?: ClassOrReader<[fields: JsonMap], EncryptKey>;
  readonly decryptKey?: ClassOrReader<[fields: JsonMap], DecryptKey> & Generator<DecryptKey>;
  readonly symmetricKey?: ClassOrReader<[fields: JsonMap], SymmetricKey> & Generator<SymmetricKey>;
}

interface Generator<K> {
  generate(options: GenerateKeyOptions): Awaitable<K>;
}

/** Defines a key algorithm, with classes or reader functions. */
export function defineKeyAlgorithm(definition: KeyAlgorithmParts): KeyAlgorithmDefinition {
  const { algorithm, publicKey, privateKey, encryptKey, decryptKey, symmetricKey } = definition;
  return {
    defines: 'key',
    algorithm,
    ...(publicKey && { publicKey: { read: toReader(publicKey) } }),
    ...(privateKey && {
      privateKey: { read: toReader(privateKey), generate: (options) => privateKey.generate(options) },
    }),
    ...(encryptKey && { encryptKey: { read: toReader(encryptKey) } }),
    ...(decryptKey && {
      decryptKey: { read: toReader(decryptKey), generate: (options) => decryptKey.generate(options) },
    }),
    ...(symmetricKey && {
      symmetricKey: { read: toReader(symmetricKey), generate: (options) => symmetricKey.generate(options) },
    }),
  };
}
