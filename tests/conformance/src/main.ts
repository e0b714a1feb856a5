/** `pnpm conformance [--vectors DIR] [--backend NAME]`: a line for each vector file, and `N passed, N failed` last. */
import { parseArgs } from 'node:util';
import { useBackend } from 'runner/backends';
import { fileNames, readCaseFile, VECTORS } from 'runner/case-files';
import { pathOf } from 'runner/options';
import { printReports } from 'runner/print-reports';
import { runFile, SUITES } from './run-file.ts';

const { values } = parseArgs({
  options: { vectors: { type: 'string', default: VECTORS }, backend: { type: 'string' } },
});
const directory = pathOf(values.vectors);
useBackend(values.backend);

const { known, unknown } = fileNames(directory, SUITES);
process.exitCode = (await printReports(reports(), { unknown })) ? 0 : 1;

async function* reports() {
  for (const name of known) yield await runFile(name, (other) => readCaseFile(directory, other));
}
