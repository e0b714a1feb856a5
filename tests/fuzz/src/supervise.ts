/** Runs a job in a worker, and ends it when an input takes too long. */
import { Worker } from 'node:worker_threads';
import { saveFinding } from './finding.ts';
import type { Job, Report } from './job.ts';
import { Watch } from './watch.ts';

/** The longest that one input may take. */
const MAX_SECONDS = 1;
const POLL_MS = 100;
const MAX_HEAP_MB = 1024;

/** The report of a job; of one that was ended, with what it was ended for. */
export async function supervise(job: Job): Promise<Report> {
  const outcome = await runWorker(job);
  if (!('input' in outcome)) return outcome;
  const { input, reason, runs, seconds } = outcome;
  if (job.replay === undefined && reason === SLOW) {
    // The machine may have been busy with something else: what takes too long does so twice.
    const alone = await runWorker({ ...job, replay: input, seconds: 0, runs: 0, distill: false, save: undefined });
    if (!('input' in alone) && alone.findings.length === 0) {
      const rest = { ...job, seed: job.seed + 1, seconds: job.seconds - seconds, runs: job.runs - runs };
      const report = await supervise(rest);
      return { ...report, runs: runs + report.runs, seconds: seconds + report.seconds };
    }
  }
  const findings = [{ message: reason, file: saveFinding(job.findings, job.target, input) }];
  return { runs, seconds, corpus: 0, news: 0, reached: { characters: 0, of: 0 }, findings };
}

interface Ended {
  readonly input: Uint8Array;
  readonly reason: string;
  readonly runs: number;
  readonly seconds: number;
}

const SLOW = `an input takes more than ${MAX_SECONDS} s`;

async function runWorker(job: Job): Promise<Report | Ended> {
  const watch = new Watch();
  const start = performance.now();
  const worker = new Worker(new URL('worker.js', import.meta.url), {
    workerData: { job, shared: watch.buffer },
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  return new Promise((resolve) => {
    let [begun, since] = [0, Number.POSITIVE_INFINITY];
    let isDone = false;
    const timer = setInterval(() => {
      if (watch.begun !== begun) [begun, since] = [watch.begun, performance.now()];
      else if (performance.now() - since > MAX_SECONDS * 1000) end(SLOW);
    }, POLL_MS);
    worker.once('message', (report: Report) => done(report));
    worker.once('error', (error) => end(`the worker failed: ${error.stack ?? error.message}`));
    worker.once('exit', (code) => end(`the worker ended with code ${code}`));

    function done(outcome: Report | Ended): void {
      if (isDone) return;
      isDone = true;
      clearInterval(timer);
      resolve(outcome);
      void worker.terminate();
    }
    function end(reason: string): void {
      done({ input: watch.input, reason, runs: watch.begun, seconds: (performance.now() - start) / 1000 });
    }
  });
}
