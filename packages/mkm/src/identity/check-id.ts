/** Whether what a caller gave is an ID: a cast lets text in, and much else. */
import { hasBrand } from '../wire/other-copies.ts';
import { ID, notAnId } from './identifier.ts';

/** Whether something is an ID, of this copy of the package or of another. */
export function isId(value: unknown): value is ID {
  return value instanceof ID || hasBrand(value, 'mkm.ID');
}

/** @throws DimError `USAGE_ARGUMENT` for what is no ID, text among it */
export function checkId(id: unknown, path: string): void {
  if (!isId(id)) throw notAnId(id, path);
}
