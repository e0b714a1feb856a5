/** Runs the files of a directory. */
import type { BackendName } from 'runner/backend-names';
import { fileNames } from 'runner/case-files';
import { unknownFile, type FileReport } from 'runner/checks';
import { loadFixtures } from './fixtures.ts';
import { OWN_DIRECTORY } from './own-directory.ts';
import { runFile, type Selection } from './run-file.ts';
import { SUITES } from './suites/index.ts';

/** What to run of a directory. */
export interface DirectorySelection extends Selection {
  /** The name of the one file to run, without `.json`. */
  readonly fileName?: string | undefined;
  /** The name of the backend; the platform's without one. */
  readonly backend?: BackendName | undefined;
}

/** Runs the files of a directory, one after the other. A file that no suite is for is a failure. */
export async function* runDirectory(directory: string, selection: DirectorySelection = {}): AsyncGenerator<FileReport> {
  const fixtures = loadFixtures(directory, OWN_DIRECTORY);
  const suites = new URL('./suites/index.js', import.meta.url).href;
  const { fileName, backend } = selection;
  const { known, unknown } = fileNames(directory, SUITES);
  for (const name of [...known, ...unknown]) {
    if (name === 'fixtures' || (fileName ?? name) !== name) continue;
    const data = { directory, name, suites, fixtures, backend };
    yield await (SUITES.has(name) ? runFile(data, selection) : unknownFile(name));
  }
}
