/** What the plugins of a context define, by kind and name. */
import { DimError } from '../errors/dim-error.ts';
import { describeOwner, type AnyDefinition, type Plugin } from './plugin.ts';

/**
 * Collects the definitions of one kind.
 * @param nameOf the name under which a definition is found
 * @param describe what it is called in errors: `content 1001`
 * @throws DimError `USAGE_DUPLICATE` when two plugins define the same and the later does not say `replace`, or one plugin
 * does so twice
 */
export function collectDefinitions<D extends AnyDefinition>(
  plugins: readonly Plugin[],
  kind: D['defines'],
  nameOf: (definition: D) => string,
  describe: (definition: D) => string = (definition) => `${kind} ${nameOf(definition)}`,
): ReadonlyMap<string, D> {
  const table = new Map<string, D>();
  const owners = new Map<string, Plugin>();
  for (const plugin of plugins) {
    for (const definition of plugin.definitions) {
      if (!isOfKind<D>(definition, kind)) continue;
      const name = nameOf(definition);
      checkOwner(plugin, owners.get(name), () => describe(definition));
      table.set(name, definition);
      owners.set(name, plugin);
    }
  }
  return table;
}

function checkOwner(plugin: Plugin, owner: Plugin | undefined, describe: () => string): void {
  // In one plugin it is a slip: nobody can say which of them counts.
  if (owner === plugin)
    throw new DimError('USAGE_DUPLICATE', `${describe()} is defined twice by plugin ${plugin.name}`);
  if (owner === undefined || plugin.replace === true) return;
  throw new DimError(
    'USAGE_DUPLICATE',
    `${describe()} of plugin ${plugin.name} is defined by ${describeOwner(owner, plugin)} already: leave one of them out, or give the later one \`replace: true\``,
  );
}

function isOfKind<D extends AnyDefinition>(definition: AnyDefinition, kind: D['defines']): definition is D {
  return definition.defines === kind;
}
