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
  readonly command?: string;
  readonly app?: string;
  readonly mod?: string;
}

/**
 * Checks what plugins say of their contents, whoever made the definitions. One plugin may read a kind in several ways:
 * a command had other names in other years.
 * @throws DimError `USAGE_DUPLICATE` for one kind in two plugins, unless the later replaces all that the earlier has of it;
 * `USAGE_ARGUMENT` for a type that is no type code, and for no kind at all
 */
export function checkContentDefinitions(plugins: readonly Plugin[]): void {
  const owners = new Map<string, Pick<Plugin, 'name'>>([[UNKNOWN, { name: 'dkd' }]]);
  // What is read in the end: the later plugin may have replaced a part of the earlier one's.
  const read = new Map<string, { readonly kind: string; readonly plugin: Plugin }>();
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
          `kind ${kind} of plugin ${plugin.name} is one of ${describeOwner(owner, plugin)} already: name it otherwise`,
        );
      owners.set(kind, plugin);
      read.set(placeOf(definition), { kind, plugin });
    }
  }
  for (const [place, { kind, plugin }] of read) {
    const owner = owners.get(kind);
    if (owner === undefined || owner === plugin) continue;
    throw new DimError(
      'USAGE_DUPLICATE',
      `kind ${kind} of plugin ${owner.name} is one of plugin ${plugin.name} still, by ${place}: replace that too, or name it otherwise`,
    );
  }
}

/** What a definition reads: two that read the same replace each other. */
function placeOf({ defines, type, command, app, mod }: KindDefinition): string {
  const names = [type, command, mod === undefined ? app : `${mod} of ${app}`];
  return `${defines} ${names.filter((name) => name !== undefined).join(' ')}`;
}

function isOfKind(definition: AnyDefinition): definition is KindDefinition {
  return 'kind' in definition || definition.defines === 'content';
}
