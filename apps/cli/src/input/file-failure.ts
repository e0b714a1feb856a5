/** What the file system says of a file that somebody has named. */
import { DimError } from 'dimp';
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder',
  EACCES: 'is not for this user',
  EPERM: 'is not for this user',
  ENOTDIR: 'is below a file',
  EROFS: 'is on a disk that nobody can write to',
};

/** An error of the file system as one of this program; any other one as it is. */
export function fileFailure(error: unknown, path: string): unknown {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const name = printable(path, 1000);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DimError('STORE_FULL', `there is no room on the disk for ${name}`, { cause: error });
  const reason = typeof code === 'string' ? REASONS[code] : undefined;
  return reason === undefined ? error : wrong(`${name} ${reason}`, error);
}
