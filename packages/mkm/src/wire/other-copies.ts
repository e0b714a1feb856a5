/**
 * Values of another copy of these packages: a program may have two versions in its tree, a plugin may bring its own, and
 * `instanceof` takes their classes for others.
 *
 * Each class that is asked for has a getter `@dim`, which says what it is. It is one of the prototype, where no log shows
 * it, and its name is a text: bundlers keep a class whose member has a symbol for a name, whether or not it is used. What
 * peers send is plain objects, and those have no brand.
 */
import { DimError } from '../errors/dim-error.ts';
import { isPlainObject } from './json-map.ts';

/**
 * Whether a value is of a class, in whichever copy.
 * @param brand the class after those that it extends: `mkm.Document` is also the start of `mkm.Document.Visa`
 */
export function hasBrand(value: unknown, brand: string): boolean {
  if (typeof value !== 'object' || value === null || isPlainObject(value)) return false;
  const own: unknown = (value as { readonly '@dim'?: unknown })['@dim'];
  return typeof own === 'string' && own.startsWith(brand);
}

/**
 * What is to be said of an argument that is not of the class that it must be: it may be of that class in another copy.
 * What was verified there counts for nothing here, as copies may differ in what they ask for.
 *
 * @param brand that of the class
 * @param remedy what can be done beside having one copy
 * @param otherwise the reason where it is something else altogether
 */
export function notOfThisCopy(
  value: unknown,
  brand: string,
  {
    path,
    remedy,
    otherwise,
  }: { readonly path: string; readonly remedy: 'read' | 'verify'; readonly otherwise: string },
): DimError {
  const reason = `is of another copy of ${brand.slice(0, 3)}: install one version, or ${remedy} it here`;
  return new DimError('USAGE_ARGUMENT', hasBrand(value, brand) ? reason : otherwise, { path });
}
