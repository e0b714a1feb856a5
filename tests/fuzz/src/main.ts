/**
 * `pnpm fuzz [--seconds N] [--target X] [--jobs N] [--seed S] [--runs N] [--corpus DIR] [--distill] [--replay FILE]`:
 * a line for each target, and what was found. Exits with 1 when anything was.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { entryNamed, numberOf, pathOf, UsageError } from 'runner/options';
import { indented } from 'runner/print-reports';
import { CORPUS } from './corpus.ts';
import { makeInputs } from './fresh-inputs.ts';
import type { Job, Report } from './job.ts';
import { supervise } from './supervise.ts';
import { targets } from './targets/index.ts';

/** How many inputs are made from nothing, for each target. */
const MADE_INPUTS = 2000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', default: 'all' },
    jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    seed: { type: 'string' },
    runs: { type: 'string', default: '1500' },
    corpus: { type: 'string' },
    distill: { type: 'boolean', default: false },
    replay: { type: 'string' },
  },
});

const seconds = numberOf(values.seconds);
// Without time, the same runs every time.
const seed = numberOf(values.seed ?? (seconds === 0 ? '1' : String(Date.now() % 1_000_000_000)));
const directory = values.corpus === undefined ? undefined : pathOf(values.corpus);
const replay = values.replay === undefined ? undefined : new Uint8Array(readFileSync(pathOf(values.replay)));
const names = values.target === 'all' ? [...targets.keys()] : values.target.split(',');
for (const name of names) entryNamed(targets, name, 'target');
if (replay !== undefined && names.length !== 1) throw new UsageError('--replay needs a --target');

const isSingle = values.distill || replay !== undefined;
const queue = names.map((target): Job => ({
  target,
  seed,
  guided: values.distill || (seconds > 0 && replay === undefined),
  seconds: isSingle ? 0 : seconds,
  runs: isSingle ? 0 : numberOf(values.runs),
  corpora: directory === undefined ? [CORPUS] : [CORPUS, directory],
  fresh: isSingle ? [] : makeInputs(target, seed, seconds === 0 ? MADE_INPUTS / 10 : MADE_INPUTS),
  save: isSingle ? undefined : directory,
  findings: fileURLToPath(new URL('../findings', import.meta.url)),
  replay,
  distill: values.distill,
}));

console.log(`seed ${seed}`);
let found = 0;
await Promise.all(Array.from({ length: Math.max(1, numberOf(values.jobs)) }, async () => work()));
console.log(found === 0 ? 'nothing found' : `${found} found`);
process.exitCode = found === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    const report = await supervise(job);
    found += report.findings.length;
    print(job.target, report);
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
