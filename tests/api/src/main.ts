/**
 * `pnpm api [--write]`: how many names each door of the packages has, and whether its report in `packages/NAME/api` says
 * what is there. Exits with 1 when one does not, or when an export has no comment; `--write` writes the reports anew.
 */
import { parseArgs } from 'node:util';
import { doors } from './doors.ts';
import { compare } from './report.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

let faults = 0;
for (const door of doors()) {
  const { names, undocumented, isUpToDate } = compare(door, values.write);
  console.log(`${door.name.padEnd(28)} ${String(names).padStart(4)} names`);
  for (const line of undocumented) console.log(`  has no comment: ${line}`);
  if (!isUpToDate) console.log(`  ${door.report} says something else: see \`pnpm api --write\`, and add a changeset`);
  faults += undocumented.length + (isUpToDate ? 0 : 1);
}
process.exitCode = faults === 0 ? 0 : 1;
