/**
 * What an upload is answered, as deployed clients know it: HTTP 200 for all of it, and what has come of it inside.
 *
 * `{ "code": 200, "message", "filename", "url" }` · `{ "code", "message" }`
 */
import { isDimError, type JsonMap } from 'dimp';

/** It is there. */
export function uploaded(url: string, filename: string): JsonMap {
  return { code: 200, message: 'OK', filename, url };
}

/** It is not there. */
export function notUploaded(code: number, message: string): JsonMap {
  return { code, message };
}

/** Nothing was in the form. */
export const NO_FILE: JsonMap = notUploaded(204, 'There is no part "file" in the form.');

/** @param most bytes that a file may have */
export function tooLarge(most: number): JsonMap {
  return notUploaded(413, `A file may have ${most} bytes here.`);
}

/** Why it failed. @returns undefined for what is the fault of nobody outside */
export function refusalOf(error: unknown, most: number): JsonMap | undefined {
  if (!isDimError(error)) return undefined;
  const { code, path } = error;
  if (code === 'INPUT_LIMIT') return tooLarge(most);
  if (code.startsWith('INPUT_')) return notUploaded(400, 'This is no multipart form, or not all of one.');
  if (code !== 'STORE_FULL') return undefined;
  return path === 'address'
    ? notUploaded(507, 'Your address has as many files here as one may have. Some go each day.')
    : notUploaded(507, 'There is no more room for files here. Some go each day.');
}
