/** How long a program takes to start, over one that does nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryCommand } from '../run-command.ts';

const ROUNDS = 16;

/** Says at the end which processor time the process has taken. */
const CLOCK = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(String((user + system) / 1000));
});`;

/**
 * Processor time, the second fastest of each, as whatever else the machine does can only add; all take turns.
 * @param lines programs with their arguments
 */
export async function startRatios<const L extends readonly (readonly string[])[]>(
  node: string,
  lines: L,
): Promise<{ readonly [K in keyof L]: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  try {
    const [clock, empty] = [join(folder, 'clock.cjs'), join(folder, 'empty.mjs')];
    writeFileSync(clock, CLOCK);
    writeFileSync(empty, '');
    const all: readonly (readonly string[])[] = [[empty], ...lines];
    const times = all.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++)
      for (const [index, line] of all.entries()) {
        const { status, stderr } = await tryCommand(node, ['--require', clock, ...line], { cwd: folder, seconds: 60 });
        if (status !== 0) throw new Error(`${line.join(' ')} ended with ${status}: ${stderr}`);
        times[index]?.push(Number(stderr));
      }
    const [base = Number.NaN, ...others] = times.map((measured) => secondFastest(measured));
    // One for each line.
    return others.map((time) => time / base) as unknown as { readonly [K in keyof L]: number };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function secondFastest(times: number[]): number {
  return times.sort((one, other) => one - other)[1] ?? Number.NaN;
}
