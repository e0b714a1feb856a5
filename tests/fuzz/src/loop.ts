/**
 * The loop: change an input, run it, keep it when it reached code that none had reached.
 *
 * Taking the coverage costs as much as a hundred runs, so it is taken once for a batch; a batch that brought news is
 * run again in halves until the inputs are found that brought them.
 */
import type { Coverage } from './coverage.ts';
import { asFinding, type Finding } from './finding.ts';
import { mutate } from './mutate.ts';
import { createRandom } from './random.ts';
import type { Target } from './target.ts';

/** How long to go on: until both are reached. */
export interface Budget {
  readonly seconds: number;
  readonly runs: number;
}

export interface LoopOptions {
  readonly target: Target;
  readonly coverage: Coverage;
  /** Inputs of earlier times, beside the target's seeds. */
  readonly corpus: readonly Uint8Array[];
  /** Inputs made from nothing: each is run once, and now and then changed. */
  readonly fresh: readonly Uint8Array[];
  readonly seed: number;
  readonly budget: Budget;
  /** Whether what is reached decides which inputs are kept. Without it the loop only guesses. */
  readonly guided: boolean;
  /** Told of each input before it runs. */
  onRun(input: Uint8Array): void;
  /** Told of each input that reached something new. */
  onNews(input: Uint8Array): void;
  /** @returns whether to go on */
  onFinding(input: Uint8Array, finding: Finding): Promise<boolean> | boolean;
}

export interface LoopResult {
  readonly runs: number;
  readonly seconds: number;
  /** Inputs in the corpus at the end. */
  readonly corpus: number;
  /** Characters of code that were reached first by an input that was made here. */
  readonly news: number;
}

const MIN_BATCH = 8;
const MAX_BATCH = 512;
/** How rarely an input is not made of one of the corpus. */
const FRESH = 16;

export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  const { target, coverage, seed, budget, guided } = options;
  const random = createRandom(seed);
  const corpus: Uint8Array[] = [];
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const failures = new Set<string>();
  let used = 0;
  let runs = 0;
  let isStopped = false;
  let news = 0;

  // What loading and starting ran is nobody's news.
  if (guided) coverage.takeNews(true);
  const given = [...target.seeds, ...options.corpus];
  for (const input of given) await runBatch([input]);
  if (corpus.length === 0) corpus.push(...given, new Uint8Array());
  news = 0;

  let size = MIN_BATCH;
  while (isGoingOn()) {
    const before = news;
    await runBatch(Array.from({ length: size }, () => nextInput()));
    size = news > before ? Math.max(MIN_BATCH, size >> 1) : Math.min(MAX_BATCH, size << 1);
  }
  return { runs, seconds: seconds(), corpus: corpus.length, news };

  function isGoingOn(): boolean {
    return !isStopped && (seconds() < budget.seconds || runs < budget.runs);
  }

  function nextInput(): Uint8Array {
    const { fresh } = options;
    if (fresh.length === 0 || !random.oneIn(FRESH)) return mutate({ isJson: target.isJson, corpus }, random);
    const input = fresh[used++];
    return input ?? mutate({ isJson: target.isJson, corpus: [random.pick(fresh)] }, random);
  }

  async function runBatch(inputs: readonly Uint8Array[]): Promise<void> {
    for (const input of inputs) {
      if (isStopped) return;
      runs++;
      await runOne(input);
    }
    const before = news;
    if (!guided || !(await attribute(inputs)) || news > before) return;
    // News that do not come twice, such as of a cache, are of no use: they count as known.
    for (const input of inputs) await runOne(input);
    coverage.takeNews(true);
  }

  /** Finds out which of the inputs that just ran brought news. @returns whether there were any */
  async function attribute(inputs: readonly Uint8Array[]): Promise<boolean> {
    const [input] = inputs;
    const found = coverage.takeNews(inputs.length === 1);
    if (found === 0 || input === undefined || isStopped) return false;
    if (inputs.length === 1) {
      news += found;
      corpus.push(input);
      options.onNews(input);
      return true;
    }
    const middle = inputs.length >> 1;
    for (const half of [inputs.slice(0, middle), inputs.slice(middle)]) {
      for (const one of half) await runOne(one);
      await attribute(half);
    }
    return true;
  }

  async function runOne(input: Uint8Array): Promise<void> {
    options.onRun(input);
    try {
      const pending = target.run(input);
      if (pending !== undefined) await pending;
    } catch (error) {
      const finding = asFinding(error);
      if (failures.has(finding.rule)) return;
      failures.add(finding.rule);
      isStopped = !(await options.onFinding(input, finding));
    }
  }
}
