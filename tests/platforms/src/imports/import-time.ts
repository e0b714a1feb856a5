/** How long Node takes to import the packages, over an empty script. */
import { runCommand } from '../run-command.ts';

const ROUNDS = 20;

const SCRIPT = "import 'dimp'; import 'dimplugins';";

/** Prints the processor time that a process has taken from its start. */
const CLOCK = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';

/** What an empty script takes on a machine that is not busy. A busy or slow one makes both slower in the same measure. */
const EMPTY = 45;

/** Milliseconds of processor time. */
export interface ImportTime {
  readonly empty: number;
  /** With all packages. */
  readonly full: number;
  /** The difference, where the empty script takes no longer than {@link EMPTY}. */
  readonly scaled: number;
}

/** The second fastest of each: whatever else the machine does can only add. The two take turns. */
export async function measureImportTime(application: string): Promise<ImportTime> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, script] of ['', SCRIPT].entries()) {
      const parameters = ['--input-type=module', '--eval', script + CLOCK];
      const time = Number(await runCommand(process.execPath, parameters, { cwd: application }));
      if (Number.isFinite(time)) times[index]?.push(time);
    }
  }
  const [empty, full] = [fastest(times[0]), fastest(times[1])];
  return { empty, full, scaled: (full - empty) * Math.min(1, EMPTY / empty) };
}

function fastest(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[1] ?? Number.NaN;
}
