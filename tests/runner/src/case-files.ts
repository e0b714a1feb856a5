/** Directories of case files: `vectors`, and others of the same form. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The vectors of this repository. */
export const VECTORS: string = fileURLToPath(new URL('../../../vectors', import.meta.url));

/** The names of the case files of a directory, without `.json`. */
export interface FileNames {
  /** Those that there are suites for, in the order of the suites. */
  readonly known: readonly string[];
  readonly unknown: readonly string[];
}

/** The names of all JSON files of a directory, without `.json`. */
export function namesIn(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

/** What is there to run of a directory. */
export function fileNames(directory: string, suites: ReadonlyMap<string, unknown>): FileNames {
  const present = namesIn(directory);
  return {
    known: [...suites.keys()].filter((name) => present.includes(name)),
    unknown: present.filter((name) => !suites.has(name)),
  };
}

/** The parsed content of a file. */
export function readCaseFile(directory: string, name: string): unknown {
  const path = join(directory, `${name}.json`);
  if (!existsSync(path)) throw new Error(`${name}.json is missing in ${directory}`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * The cases in the content of a file: a list of maps.
 * @throws Error when it has no such list
 */
export function casesOf(file: unknown, list = 'cases'): readonly object[] {
  const cases: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, list) : undefined;
  if (!Array.isArray(cases) || !cases.every((item) => typeof item === 'object' && item !== null))
    throw new Error(`the file has no list of ${list}`);
  return cases as readonly object[];
}
