/** The map that carries what encryption wrote beside a ciphertext. */
import { DimError } from 'mkm';
import { typeName } from 'mkm/extend';

/**
 * Refuses what calling code hands over in its place.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function requireMap(extra: unknown): void {
  if (typeof extra === 'object' && extra !== null) return;
  throw new DimError('USAGE_ARGUMENT', `must be a map, not ${typeName(extra)}`, { path: 'extra' });
}
