/** Tries targets, some at a time, and tells what was found. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Values } from 'runner/command';
import { pathOf } from 'runner/paths';
import { indented } from 'runner/print-reports';
import type { FUZZ } from './command.ts';
import { CORPUS } from './corpus.ts';
import { makeInputs } from './fresh-inputs.ts';
import type { Job, Report } from './job.ts';
import { supervise } from './supervise.ts';
import { targets } from './targets/index.ts';

/** How many inputs are made from nothing, for each target. */
const MADE_INPUTS = 2000;

/** Prints a line for each target. @returns whether nothing was found */
export async function runTargets(values: Values<typeof FUZZ.options>): Promise<boolean> {
  const { seconds, corpus, distill } = values;
  // Without time, the same runs every time.
  const seed = values.seed ?? (seconds === 0 ? 1 : Date.now() % 1_000_000_000);
  const replay = values.replay === undefined ? undefined : new Uint8Array(readFileSync(values.replay));
  const names = values.target.includes('all') ? [...targets.keys()] : values.target;
  const isSingle = distill || replay !== undefined;
  const queue = names.map((target): Job => ({
    target,
    seed,
    guided: distill || (seconds > 0 && replay === undefined),
    seconds: isSingle ? 0 : seconds,
    runs: isSingle ? 0 : values.runs,
    corpora: corpus === undefined ? [CORPUS] : [CORPUS, corpus],
    fresh: isSingle ? [] : makeInputs(target, seed, seconds === 0 ? MADE_INPUTS / 10 : MADE_INPUTS),
    save: isSingle ? undefined : corpus,
    findings: fileURLToPath(new URL('../findings', import.meta.url)),
    replay,
    distill,
  }));

  console.log(`seed ${seed}`);
  let found = 0;
  await Promise.all(Array.from({ length: Math.max(1, values.jobs) }, async () => work()));
  console.log(found === 0 ? 'nothing found' : `${found} found`);
  return found === 0;

  async function work(): Promise<void> {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const report = await supervise(job);
      found += report.findings.length;
      print(job.target, report);
    }
  }
}

function print(target: string, report: Report): void {
  const { runs, reached, news, corpus, findings } = report;
  const rate = Math.round(runs / Math.max(report.seconds, 0.001));
  const share = Math.round((100 * reached.characters) / Math.max(reached.of, 1));
  console.log(
    `${target.padEnd(11)} ${String(runs).padStart(8)} runs ${String(rate).padStart(6)}/s  ` +
      (reached.of === 0 ? '' : `${share}% of ${Math.round(reached.of / 1000)} kB code, ${news} characters new  `) +
      `${corpus} inputs  ${findings.length} found`,
  );
  for (const { message, file } of findings) {
    console.log(indented(message));
    console.log(`  pnpm fuzz --target ${target} --replay ${join('.', relative(pathOf('.'), file))}`);
  }
}
