/** Errors of what is in a file: they name the file. */
import { DimError, isDimError, type Awaitable } from 'dimp';
import { printable } from '../text/printable.ts';
import { STANDARD_INPUT } from './read-input.ts';

/** Does something with what a file holds. @throws what that throws; what is wrong with the input says in which file */
export async function inFile<T>(file: string, action: () => Awaitable<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    // Those of the command line name what they are about.
    if (!isDimError(error) || !/^(?:INPUT|UNSUPPORTED)_/.test(error.code)) throw error;
    const { code, path, reason } = error;
    const name = file === STANDARD_INPUT ? 'standard input' : printable(file);
    throw new DimError(code, reason, { path: path === '' ? name : `${name}: ${path}`, cause: error });
  }
}
