/** A worker: runs one target, and answers with a report. */
import { parentPort, workerData } from 'node:worker_threads';
import { CORPUS, readCorpus, replaceCorpus, saveInput } from './corpus.ts';
import { Coverage, ofPackages } from './coverage.ts';
import { asFinding, nameOf, saveFinding, type Finding } from './finding.ts';
import type { Job, Report } from './job.ts';
import { runLoop } from './loop.ts';
import { minimize } from './minimize.ts';
import { targets } from './targets/index.ts';
import { Watch } from './watch.ts';

const MAX_FINDINGS = 5;
/** Longer inputs are not worth their room in the repository: they can be found again. */
const MAX_KEPT_BYTES = 2000;

const { job, shared } = workerData as { readonly job: Job; readonly shared: SharedArrayBuffer };
const watch = new Watch(shared);
const coverage = new Coverage(ofPackages);
// Before the target, which loads the packages.
if (job.guided) coverage.start();
const load = targets.get(job.target);
if (load === undefined) throw new Error(`there is no target ${job.target}`);
const { target } = await load();

const seeds = new Set(target.seeds.map(nameOf));
const findings: { message: string; file: string }[] = [];
const kept: Uint8Array[] = [];
const replays = job.replay === undefined ? [] : [job.replay];
const given =
  job.replay === undefined ? job.corpora.flatMap((directory) => [...readCorpus(directory, job.target)]) : replays;
const result = await runLoop({
  target: job.replay === undefined ? target : { ...target, seeds: [] },
  coverage,
  // Small inputs first: what they reach, no larger one is kept for.
  corpus: given.toSorted((one, other) => one.length - other.length),
  fresh: job.fresh,
  seed: job.seed,
  guided: job.guided,
  budget: { seconds: job.seconds, runs: job.runs },
  onRun: (input) => watch.begin(input),
  onNews(input) {
    // Seeds are always there.
    if (seeds.has(nameOf(input))) return;
    kept.push(input);
    if (job.save !== undefined) saveInput(job.save, job.target, input);
  },
  async onFinding(input, finding) {
    const smallest =
      job.replay === undefined ? await minimize(input, async (smaller) => breaks(smaller, finding)) : input;
    findings.push({ message: finding.message, file: saveFinding(job.findings, job.target, smallest) });
    return findings.length < MAX_FINDINGS;
  },
});
if (job.distill) {
  replaceCorpus(
    CORPUS,
    job.target,
    kept.filter(({ length }) => length <= MAX_KEPT_BYTES),
  );
}
const report: Report = { ...result, reached: coverage.reached, findings };
// A port between threads: there is no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(report);

async function breaks(input: Uint8Array, finding: Finding): Promise<boolean> {
  watch.begin(input);
  try {
    await target.run(input);
    return false;
  } catch (error) {
    return asFinding(error).rule === finding.rule;
  }
}
