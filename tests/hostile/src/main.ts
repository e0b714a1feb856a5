/** `pnpm hostile [--cases DIR] [--only FILE[/CASE]] [--heavy] [--json] [--backend NAME]`: a line for each file, the counts last. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backendNamed } from './backends.ts';
import { OWN_DIRECTORY, runDirectory } from './run-directory.ts';
import type { FileReport } from './run-file.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    backend: { type: 'string' },
    only: { type: 'string' },
    heavy: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
// pnpm runs scripts in the root of the workspace; a relative path is meant from where the caller stands.
const directory = values.cases === undefined ? OWN_DIRECTORY : resolve(process.env['INIT_CWD'] ?? '.', values.cases);
const [fileName, ...caseName] = values.only?.split('/') ?? [];

const reports: FileReport[] = [];
const selection = {
  backend: backendNamed(values.backend).name,
  heavy: values.heavy,
  fileName: fileName?.replace(/\.json$/, ''),
  caseName: caseName.length === 0 ? undefined : caseName.join('/'),
};
for await (const report of runDirectory(directory, selection)) {
  reports.push(report);
  if (!values.json) print(report);
}
const passed = reports.reduce((sum, report) => sum + report.passed, 0);
const failed = reports.reduce((sum, report) => sum + report.failures.length, 0);
console.log(
  values.json ? JSON.stringify({ passed, failed, files: reports }, null, 1) : `${passed} passed, ${failed} failed`,
);
// Nothing at all is no success.
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function print({ name, passed: count, failures, milliseconds }: FileReport): void {
  const seconds = (milliseconds / 1000).toFixed(1);
  console.log(`${name.padEnd(14)} ${count} passed, ${failures.length} failed (${seconds} s)`);
  for (const failure of failures) console.log(`  ${failure.name}: ${failure.faults.join('; ')}`);
}
