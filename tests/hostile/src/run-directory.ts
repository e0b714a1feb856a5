/** Runs the files of a directory. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFixtures } from './fixtures.ts';
import { runFile, type FileReport, type Selection } from './run-file.ts';
import { SUITES } from './suites/index.ts';

/** The cases of this repository. */
export const OWN_DIRECTORY = fileURLToPath(new URL('../../../vectors/hostile', import.meta.url));

/** What to run of a directory. */
export interface DirectorySelection extends Selection {
  /** The name of the one file to run, without `.json`. */
  readonly fileName?: string | undefined;
  /** The name of the backend; the platform's without one. */
  readonly backend?: string | undefined;
}

/** Runs the files of a directory, one after the other. A file that no suite is for is a failure. */
export async function* runDirectory(directory: string, selection: DirectorySelection = {}): AsyncGenerator<FileReport> {
  const fixtures = loadFixtures(directory, OWN_DIRECTORY);
  const present = readdirSync(directory)
    .filter((name) => name.endsWith('.json') && name !== 'fixtures.json')
    .map((name) => name.slice(0, -'.json'.length));
  const known = [...SUITES.keys()].filter((name) => present.includes(name));
  const unknown = present.filter((name) => !SUITES.has(name));
  for (const name of [...known, ...unknown]) {
    if (selection.fileName !== undefined && selection.fileName !== name) continue;
    if (!SUITES.has(name)) {
      const faults = ['this runner does not know the file'];
      yield { name, passed: 0, failures: [{ name: 'the file', faults }], milliseconds: 0 };
      continue;
    }
    const suites = new URL('./suites/index.js', import.meta.url).href;
    const { backend } = selection;
    yield await runFile({ path: join(directory, `${name}.json`), name, suites, fixtures, backend }, selection);
  }
}
