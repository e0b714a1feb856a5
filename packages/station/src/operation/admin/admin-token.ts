/** The token that lets somebody administer a station: whoever can read its data folder. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DimError } from 'dimp';
import { printable } from 'dimp/internal';
import { reasonOf } from '../options/configure.ts';

const TOKEN_BYTES = 32;

/** A new one, for one run of a station. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Whether it is the same, in a time that does not tell how much of it is. */
export function isToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** @throws DimError `CONNECTION_FAILED` where no station has put one there, or it is for somebody else */
export function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new DimError(
      'CONNECTION_FAILED',
      `${printable(path)} ${reasonOf(error)}: is a station running with this data folder, and this user? --data says which folder`,
      { cause: error },
    );
  }
}
