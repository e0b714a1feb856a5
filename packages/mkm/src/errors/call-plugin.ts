/** Calls into plugins: whatever they throw, what comes out is a `DimError`. */
import { DimError, isDimError } from './dim-error.ts';

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
