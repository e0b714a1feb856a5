/** How long a program takes from its start to its end, over one that does nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';

const ROUNDS = 8;

/**
 * The second fastest of each, as whatever else the machine does can only add; all take turns.
 * @param lines programs with their arguments
 */
export async function startRatios<const L extends readonly (readonly string[])[]>(
  node: string,
  lines: L,
): Promise<{ readonly [K in keyof L]: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  try {
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    const all: readonly (readonly string[])[] = [[empty], ...lines];
    const times = all.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++)
      for (const [index, line] of all.entries()) {
        const begin = performance.now();
        await runCommand(node, line, { cwd: folder, seconds: 60 });
        times[index]?.push(performance.now() - begin);
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
