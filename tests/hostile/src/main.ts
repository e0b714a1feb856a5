/** `pnpm hostile [--cases DIR] [--only FILE[/CASE]] [--heavy] [--json] [--backend NAME]`: a line for each file, the counts last. */
import { parseArgs } from 'node:util';
import { useBackend } from 'runner/backends';
import { pathOf } from 'runner/options';
import { printReports } from 'runner/print-reports';
import { OWN_DIRECTORY, runDirectory } from './run-directory.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: OWN_DIRECTORY },
    backend: { type: 'string' },
    only: { type: 'string' },
    heavy: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const { backend, heavy, json } = values;
// The threads choose it for themselves; a wrong name is told before.
useBackend(backend);
const [fileName, ...caseName] = values.only?.split('/') ?? [];
const reports = runDirectory(pathOf(values.cases), {
  backend,
  heavy,
  fileName: fileName?.replace(/\.json$/, ''),
  caseName: caseName.length === 0 ? undefined : caseName.join('/'),
});
process.exitCode = (await printReports(reports, { json, times: true })) ? 0 : 1;
