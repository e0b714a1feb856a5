/** How reports are told: a line for each file, what failed, and the counts last. */
import type { FileReport } from './checks.ts';

/** What is told of them. */
export interface Telling {
  /** How long each file took. */
  readonly times?: boolean;
  /** One text for programs in place of the lines. */
  readonly json?: boolean;
  /** Files that are not run and not counted, as there is no suite for them. */
  readonly unknown?: readonly string[];
}

/** Prints reports as they come. @returns whether something ran and nothing failed: nothing at all is no success */
export async function printReports(
  reports: AsyncIterable<FileReport>,
  { times = false, json = false, unknown = [] }: Telling = {},
): Promise<boolean> {
  const files: FileReport[] = [];
  for await (const report of reports) {
    files.push(report);
    if (!json) printReport(report, times);
  }
  const passed = sum(files.map((report) => report.passed));
  const failed = sum(files.map(({ failures }) => failures.length));
  if (json) {
    console.log(JSON.stringify({ passed, failed, files }, null, 1));
  } else {
    for (const name of unknown) console.log(`${columnOf(name)} not run: this version does not know the file`);
    console.log(`${passed} passed, ${failed} failed`);
  }
  return failed === 0 && passed > 0;
}

/** The first lines of a message, to stand under others. */
export function indented(message: string): string {
  return `  ${message.split('\n').slice(0, 12).join('\n    ')}`;
}

function printReport({ name, passed, failures, notes, milliseconds }: FileReport, times: boolean): void {
  const time = times ? ` (${(milliseconds / 1000).toFixed(1)} s)` : '';
  console.log(`${columnOf(name)} ${passed} passed, ${failures.length} failed${time}`);
  for (const note of notes) console.log(indented(`note: ${note}`));
  for (const failure of failures) console.log(indented(`${failure.name}: ${failure.faults.join('; ')}`));
}

function columnOf(name: string): string {
  return name.padEnd(18);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
