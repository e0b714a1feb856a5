/** `pnpm conformance [--vectors DIR] [--backend NAME]`: a line for each vector file, and `N passed, N failed` last. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { backendNamed, modernBackendNamed } from './backends.ts';
import { useBackend } from './dim.ts';
import { runDirectory } from './run-directory.ts';

const { values } = parseArgs({ options: { vectors: { type: 'string' }, backend: { type: 'string' } } });
// pnpm runs scripts in the root of the workspace; a relative path is meant from where the caller stands.
const directory =
  values.vectors === undefined
    ? fileURLToPath(new URL('../../../vectors', import.meta.url))
    : resolve(process.env['INIT_CWD'] ?? '.', values.vectors);
useBackend(backendNamed(values.backend), modernBackendNamed(values.backend));

let passed = 0;
let failed = 0;
for await (const report of runDirectory(directory)) {
  if (!report.known) {
    console.log(`${report.name.padEnd(18)} not run: this version does not know the file`);
    continue;
  }
  console.log(`${report.name.padEnd(18)} ${report.passed} passed, ${report.failures.length} failed`);
  for (const note of report.notes) console.log(`  note: ${note}`);
  for (const { check, error } of report.failures) {
    console.log(
      `  ${check}: ${error instanceof Error ? error.message.split('\n').slice(0, 12).join('\n    ') : String(error)}`,
    );
  }
  passed += report.passed;
  failed += report.failures.length;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
