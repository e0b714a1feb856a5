/** What calling code gives, where a cast or plain JavaScript lets anything in. */
import { DimError, ID, type IdCodec } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';

/** @throws DimError `USAGE_ARGUMENT` for a promise that was not awaited */
export function refusePromise(value: unknown, path: string): void {
  if (value instanceof Promise) throw new DimError('USAGE_ARGUMENT', 'is a promise: await it', { path });
}

/** @throws DimError `USAGE_ARGUMENT` for what has no such method: another argument, or a promise that was not awaited */
export function requireMethod<T extends object>(value: T, method: keyof T & string, path: string): void {
  refusePromise(value, path);
  if (typeof requireArgument(value, path)[method] === 'function') return;
  throw new DimError('USAGE_ARGUMENT', `has no method ${method}`, { path });
}

/**
 * The context that all is read and made with.
 *
 * @throws DimError `USAGE_ARGUMENT` for what has no such method; and for a context of another copy of dimp, as a tree with two
 * versions has it: what it reads and makes is of other classes, so that nothing of it could be verified here
 */
export function requireDim<T extends { readonly ID: IdCodec }>(dim: T, method: keyof T & string): void {
  requireMethod(dim, method, 'dim');
  requireMethod(dim.ID, 'parse', 'dim.ID');
  if (dim.ID.parse('anyone@anywhere') instanceof ID) return;
  throw new DimError('USAGE_ARGUMENT', 'is of another copy of dimp: install one version', { path: 'dim' });
}

/** @throws DimError `USAGE_ARGUMENT` for what is no list */
export function requireList(value: readonly unknown[], path: string): void {
  if (Array.isArray(value)) return;
  throw new DimError('USAGE_ARGUMENT', `must be a list, not ${typeName(value)}`, { path });
}

/** @throws DimError `USAGE_ARGUMENT` for what is no map of names: a number has none, and would pass for one without any */
export function requireMap(value: object, path: string): void {
  refusePromise(value, path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new DimError('USAGE_ARGUMENT', `must be a map, not ${typeName(value)}`, { path });
}

/**
 * Whoever misspells an option would get what is done without it.
 * @throws DimError `USAGE_ARGUMENT` for a name that is none
 */
export function checkOptionNames<T extends object>(options: T, names: Readonly<Record<keyof T, true>>): void {
  for (const name of Object.keys(options))
    if (!Object.hasOwn(names, name))
      throw new DimError('USAGE_ARGUMENT', `is none of ${Object.keys(names).join(', ')}`, { path: name });
}
