/** Whether what a caller gave is an ID: a cast lets text in, and much else. */
import { notAnId, type ID } from './identifier.ts';

/** Whether something is an ID: by what it has, as it may be of another copy of this library. An address has less. */
export function isId(value: unknown): value is ID {
  const { equals, entityKey }: Partial<ID> = value ?? {};
  return typeof equals === 'function' && typeof entityKey === 'string';
}

/** @throws DimError `USAGE_ARGUMENT` for what is no ID, text among it */
export function checkId(id: unknown, path: string): void {
  if (!isId(id)) throw notAnId(id, path);
}
