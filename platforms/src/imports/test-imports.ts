/** How long Node takes to import the packages, over an empty script. */
import type { Report } from '../report.ts';
import { runCommand } from '../run-command.ts';

const ROUNDS = 20;

/** Milliseconds of processor time that it may take where an empty script takes {@link EMPTY}. */
const LIMIT = 40;

/** What an empty script takes on a machine that is not busy. A busy or slow one makes both slower in the same measure. */
const EMPTY = 45;

const SCRIPT = "import 'dimp'; import 'dimplugins';";

/** Prints the processor time that a process has taken from its start. */
const CLOCK = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';

/** Runs the test. */
export async function testImports(application: string, report: Report): Promise<void> {
  report.title('importing on Node');
  await report.check('dimp and dimplugins', async () => {
    const [empty, full] = await measure(application);
    const time = (full - empty) * Math.min(1, EMPTY / empty);
    const measured = `${(full - empty).toFixed(0)} ms over an empty script's ${empty.toFixed(0)} ms`;
    const summary = empty > EMPTY ? `${measured}: ${time.toFixed(0)} ms where that takes ${EMPTY} ms` : measured;
    if (time > LIMIT) throw new Error(summary);
    return summary;
  });
}

/** Medians. The two take turns, so that whatever else the machine does slows both. */
async function measure(application: string): Promise<readonly [empty: number, full: number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, script] of ['', SCRIPT].entries()) {
      const parameters = ['--input-type=module', '--eval', script + CLOCK];
      const time = Number(await runCommand(process.execPath, parameters, { cwd: application }));
      if (Number.isFinite(time)) times[index]?.push(time);
    }
  }
  return [median(times[0]), median(times[1])];
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
