/** The kinds of contents in a context: whoever asks for `content.kind === 'poll'` must mean one class. */
import { DimError, type Plugin } from 'mkm';
import { type AnyDefinition } from 'mkm/extend';
import { describeOwner } from 'mkm/internal';
import { requireTypeCode } from '../contents/content-type.ts';

/** The kind of contents that no definition reads. */
const UNKNOWN = 'unknown';

/** A definition of contents, in this layer or above: one of a type, of a command, of a module, … */
interface KindDefinition extends AnyDefinition {
  readonly kind: string;
  readonly type?: string;
}

/**
 * Checks what plugins say of their contents, whoever made the definitions. One plugin may read a kind in several ways:
 * a command had other names in other years.
 * @throws DimError `USAGE_DUPLICATE` for one kind in two plugins, where the later does not say `replace: true`;
 * `USAGE_ARGUMENT` for a type that is no type code, and for no kind at all
 */
export function checkContentDefinitions(plugins: readonly Plugin[]): void {
  const owners = new Map<string, Pick<Plugin, 'name'>>([[UNKNOWN, { name: 'dkd' }]]);
  for (const plugin of plugins) {
    for (const definition of plugin.definitions.filter((candidate) => isOfKind(candidate))) {
      const { kind } = definition;
      if (typeof kind !== 'string' || kind === '')
        throw new DimError('USAGE_ARGUMENT', `plugin ${plugin.name} defines a content of no kind`, { path: 'kind' });
      if (definition.type !== undefined) requireTypeCode(definition.type);
      const owner = owners.get(kind) ?? plugin;
      if (owner !== plugin && plugin.replace !== true)
        throw new DimError(
          'USAGE_DUPLICATE',
          `kind ${kind} of plugin ${plugin.name} is one of ${describeOwner(owner, plugin)} already: name it otherwise, or give the later one \`replace: true\``,
        );
      owners.set(kind, plugin);
    }
  }
}

function isOfKind(definition: AnyDefinition): definition is KindDefinition {
  return 'kind' in definition || definition.defines === 'content';
}
