/** Folders of case files that somebody gave to a command. */
import { namesIn } from './case-files.ts';
import { existingFolder } from './paths.ts';
import { UsageError } from './usage-error.ts';

/** A folder that is there, with case files in it. @throws UsageError */
export function caseFolder(text: string): string {
  const path = existingFolder(text);
  if (namesIn(path).length === 0) throw new UsageError(`${path} has no file that ends with .json`);
  return path;
}
