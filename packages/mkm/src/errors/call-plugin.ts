/** Calls into plugins: whatever they throw, what comes out is a `DimError`. */
import { isPromise, type Awaitable } from './awaitable.ts';
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

/**
 * {@link callPlugin} for a plugin that may answer with a promise. What is there at once is given at once: to wait for it takes
 * as long as small work does. Whatever is thrown is the end of a promise.
 */
export function callPluginAsync<T>(name: string, call: () => T | PromiseLike<T>): Awaitable<T> {
  try {
    const answer = call();
    return isPromise(answer) ? waitForPlugin(name, answer) : answer;
  } catch (error) {
    return Promise.reject(asPluginError(name, error));
  }
}

async function waitForPlugin<T>(name: string, answer: PromiseLike<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw asPluginError(name, error);
  }
}

function asPluginError(name: string, error: unknown): DimError {
  if (isDimError(error)) return error;
  return new DimError('INTERNAL_PLUGIN', `the definition of ${name} failed`, { cause: error });
}
