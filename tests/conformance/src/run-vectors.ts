/** Runs the vector files of a folder. */
import type { BackendName } from 'runner/backend-names';
import { useBackend } from 'runner/backends';
import { fileNames, readCaseFile } from 'runner/case-files';
import { printReports } from 'runner/print-reports';
import { runFile, SUITES } from './run-file.ts';

/** What to run. */
export interface VectorsOptions {
  /** The folder. */
  readonly vectors: string;
  readonly backend: BackendName | undefined;
}

/** Prints a line for each file, and the counts. @returns whether something ran and nothing failed */
export async function runVectors({ vectors, backend }: VectorsOptions): Promise<boolean> {
  useBackend(backend);
  const { known, unknown } = fileNames(vectors, SUITES);
  return printReports(reports(), { unknown });

  async function* reports() {
    for (const name of known) yield await runFile(name, (other) => readCaseFile(vectors, other));
  }
}
