/** A plugin: a named list of definitions, given to a context when it is created. */
import { requireArgument } from '../errors/check-arguments.ts';
import { DimError } from '../errors/dim-error.ts';
import type { Document, DocumentInit } from '../documents/document.ts';
import type { Awaitable, DecryptKey, EncryptKey, PrivateKey, PublicKey, SymmetricKey } from '../keys/key.ts';
import { typeName, type JsonMap } from '../wire/json-map.ts';
import { toReader, type ClassOrReader } from './class-or-reader.ts';
import type {
  AddressDefinition,
  DocumentDefinition,
  GenerateKeyOptions,
  IdentityDefinition,
  KeyAlgorithmDefinition,
  MetaDefinition,
} from './definition.ts';

/** Anything that a plugin can define, in this layer or in one above. */
export interface AnyDefinition {
  readonly defines: string;
}

/** A named list of definitions. */
export interface Plugin<D extends AnyDefinition = AnyDefinition> {
  /** Shown in errors about this plugin. */
  readonly name: string;
  readonly definitions: readonly D[];
  /** Whether this plugin may replace what an earlier one defines. Otherwise that is an error. */
  readonly replace?: boolean;
}

/**
 * A plugin of its definitions.
 *
 * @example
 * ```ts
 * import { definePlugin, defineDocument, Document } from 'mkm';
 *
 * const badgesPlugin = definePlugin('badges', [
 *   defineDocument({ type: 'badge', class: Document }),
 * ]);
 * ```
 */
export function definePlugin<const D extends AnyDefinition = IdentityDefinition>(
  name: string,
  definitions: readonly D[],
  options: { readonly replace?: boolean } = {},
): Plugin<D> {
  return Object.freeze({ name, definitions: Object.freeze([...definitions]), replace: options.replace ?? false });
}

/**
 * Whether the options of a context have plugins, and nothing else in their place.
 * @throws DimError `USAGE_ARGUMENT` with the place of what is none
 */
export function checkPlugins(options: { readonly plugins: readonly Partial<Plugin>[] }): void {
  const { plugins } = requireArgument(options, 'options');
  if (!Array.isArray(requireArgument(plugins, 'plugins')))
    throw new DimError('USAGE_ARGUMENT', `must be a list, not ${typeName(plugins)}`, { path: 'plugins' });
  for (const [index, plugin] of plugins.entries()) {
    if (Array.isArray(plugin?.definitions)) continue;
    // Many are made by a function.
    const advice = typeof plugin === 'function' ? ': call it' : '';
    throw new DimError('USAGE_ARGUMENT', `must be a plugin, not ${typeName(plugin)}${advice}`, {
      path: `plugins[${index}]`,
    });
  }
}

/** Defines a kind of address, by an object or an instance of a class. */
export function defineAddress(definition: Omit<AddressDefinition, 'defines'>): AddressDefinition {
  return { defines: 'address', name: definition.name, parse: (text) => definition.parse(text) };
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

/**
 * Defines a type of document, with a class or a reader function.
 *
 * @example
 * ```ts
 * import { defineDocument, Document } from 'mkm';
 *
 * class Badge extends Document {
 *   readonly level = this.property('level');
 * }
 * defineDocument({ type: 'badge', class: Badge });
 * ```
 */
export function defineDocument<D extends Document>(
  definition: Pick<DocumentDefinition, 'type'> & ClassOrReader<[init: DocumentInit], D>,
): DocumentDefinition<D> {
  return { defines: 'document', type: definition.type, read: toReader(definition) };
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
