/** What the plugins of a context define, by kind and name. */
import { DimError } from '../errors/dim-error.ts';
import type { AnyDefinition, Plugin } from './plugin.ts';

/**
 * Collects the definitions of one kind.
 * @param nameOf the name under which a definition is found
 * @throws DimError `USAGE_DUPLICATE` when two plugins define the same and the later does not say `replace`
 */
export function collectDefinitions<D extends AnyDefinition>(
  plugins: readonly Plugin[],
  kind: D['defines'],
  nameOf: (definition: D) => string,
): ReadonlyMap<string, D> {
  const table = new Map<string, D>();
  const origins = new Map<string, string>();
  for (const plugin of plugins) {
    for (const definition of plugin.definitions) {
      if (!isOfKind<D>(definition, kind)) continue;
      const name = nameOf(definition);
      const earlier = origins.get(name);
      if (earlier !== undefined && plugin.replace !== true) {
        throw new DimError(
          'USAGE_DUPLICATE',
          `${kind} ${name} of plugin ${plugin.name} is defined by plugin ${earlier} already`,
        );
      }
      table.set(name, definition);
      origins.set(name, plugin.name);
    }
  }
  return table;
}

function isOfKind<D extends AnyDefinition>(definition: AnyDefinition, kind: D['defines']): definition is D {
  return definition.defines === kind;
}
