/** A plugin: a named list of definitions, given to a context when it is created. */
import { requireArgument } from '../errors/check-arguments.ts';
import { DimError } from '../errors/dim-error.ts';
import { typeName } from '../wire/json-map.ts';

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
export function definePlugin<const D extends AnyDefinition>(
  name: string,
  definitions: readonly D[],
  options: { readonly replace?: boolean } = {},
): Plugin<D> {
  return Object.freeze({ name, definitions: Object.freeze([...definitions]), replace: options.replace ?? false });
}

/** The plugin that something is of already, for an error about another one, which may have the same name. */
export function describeOwner(owner: Pick<Plugin, 'name'>, other: Plugin): string {
  return `${owner.name === other.name ? 'another plugin' : 'plugin'} ${owner.name}`;
}

/**
 * Whether the options of a context have plugins, and nothing else in their place.
 * @throws DimError `USAGE_ARGUMENT` with the place of what is none, `USAGE_DUPLICATE` with that of one that is there twice
 */
export function checkPlugins(options: { readonly plugins: readonly Partial<Plugin>[] }): void {
  const { plugins } = requireArgument(options, 'options');
  if (!Array.isArray(requireArgument(plugins, 'plugins')))
    throw new DimError('USAGE_ARGUMENT', `must be a list, not ${typeName(plugins)}`, { path: 'plugins' });
  for (const [index, plugin] of plugins.entries()) {
    if (Array.isArray(plugin?.definitions)) {
      checkDefinitions(plugin.definitions, `plugins[${index}].definitions`);
      const first = plugins.indexOf(plugin);
      if (first === index) continue;
      throw new DimError('USAGE_DUPLICATE', `plugin ${plugin.name} is there twice: it is plugins[${first}] too`, {
        path: `plugins[${index}]`,
      });
    }
    // Many are made by a function.
    const advice = typeof plugin === 'function' ? ': call it' : '';
    throw new DimError('USAGE_ARGUMENT', `must be a plugin, not ${typeName(plugin)}${advice}`, {
      path: `plugins[${index}]`,
    });
  }
}

function checkDefinitions(definitions: readonly (Partial<AnyDefinition> | null)[], path: string): void {
  for (const [index, definition] of definitions.entries())
    if (typeof definition?.defines !== 'string')
      throw new DimError('USAGE_ARGUMENT', 'must be a definition: what a `define…` gives', {
        path: `${path}[${index}]`,
      });
}
