/** Compares each door with its report, and tells what differs. */
import { doors } from './doors.ts';
import { compare } from './report.ts';

/** Prints a line for each door. @returns whether each report says what is there, and each export has a comment */
export function compareDoors(write: boolean): boolean {
  let faults = 0;
  for (const door of doors()) {
    const { names, undocumented, isUpToDate } = compare(door, write);
    console.log(`${door.name.padEnd(28)} ${String(names).padStart(4)} names`);
    for (const line of undocumented) console.log(`  has no comment: ${line}`);
    if (!isUpToDate) console.log(`  ${door.report} says something else: see \`pnpm api --write\`, and add a changeset`);
    faults += undocumented.length + (isUpToDate ? 0 : 1);
  }
  return faults === 0;
}
