/** What goes wrong in a browser's database, in the words of the port. */
import { DimError, isDimError } from 'dimp';
import type { ErrorCode } from 'dimp';

/** Codes by the names that browsers give to errors. */
const CODES: ReadonlyMap<string, { readonly code: ErrorCode; readonly reason: string }> = new Map([
  ['QuotaExceededError', { code: 'STORE_FULL', reason: 'there is no room in the quota of this site, or on the disk' }],
  ['VersionError', { code: 'STORE_VERSION', reason: 'the database was written by a later version of this library' }],
]);

/** An error of a database as a DimError, with the error as its cause; what is one already stays as it is. */
export function storeFailure(error: unknown): DimError {
  if (isDimError(error)) return error;
  const { code, reason } = CODES.get(nameOf(error)) ?? { code: 'STORE_FAILED', reason: 'the database failed' };
  return new DimError(code, reason, { cause: error });
}

/** The name of what was thrown: browsers tell their errors apart by it, and by no class that all of them have. */
export function nameOf(error: unknown): string {
  const { name } = (error ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : '';
}
