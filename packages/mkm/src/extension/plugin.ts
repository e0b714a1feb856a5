/** A plugin: a named list of definitions, given to a context when it is created. */
import type { Document } from '../documents/document.ts';
import type {
  AddressDefinition,
  DocumentDefinition,
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
 * const profilePlugin = definePlugin('badges', [
 *   defineDocument({ type: 'badge', read: (init) => new Document(init) }),
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

/** Defines a kind of address. */
export function defineAddress(definition: Omit<AddressDefinition, 'defines'>): AddressDefinition {
  return { ...definition, defines: 'address' };
}

/** Defines a type of meta. */
export function defineMeta(definition: Omit<MetaDefinition, 'defines'>): MetaDefinition {
  return { ...definition, defines: 'meta' };
}

/** Defines a type of document. */
export function defineDocument<D extends Document>(
  definition: Omit<DocumentDefinition<D>, 'defines'>,
): DocumentDefinition<D> {
  return { ...definition, defines: 'document' };
}

/** Defines a key algorithm. */
export function defineKeyAlgorithm(definition: Omit<KeyAlgorithmDefinition, 'defines'>): KeyAlgorithmDefinition {
  return { ...definition, defines: 'key' };
}
