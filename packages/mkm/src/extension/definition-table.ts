/** What the plugins of a context define, by kind and name. */
import { DimError, isDimError } from '../errors/dim-error.ts';
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

/** Calls into a plugin: whatever it throws that is no DimError becomes one. */
export function callPlugin<T>(name: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw asPluginError(name, error);
  }
}

/** {@link callPlugin} for a reader: without a value it has failed, whatever its types say. */
export function callReader<T extends object>(name: string, read: () => T): T {
  const value: T | null | undefined = callPlugin<T | null | undefined>(name, read);
  if (typeof value === 'object' && value !== null) return value;
  throw new DimError('INTERNAL_PLUGIN', `the definition of ${name} gave no value`);
}

/** {@link callPlugin} for a plugin that may answer with a promise. */
export async function callPluginAsync<T>(name: string, call: () => T | PromiseLike<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asPluginError(name, error);
  }
}

function asPluginError(name: string, error: unknown): DimError {
  if (isDimError(error)) return error;
  return new DimError('INTERNAL_PLUGIN', `the definition of ${name} failed`, { cause: error });
}
