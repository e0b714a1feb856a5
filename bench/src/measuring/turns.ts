/**
 * Several ways to do the same, measured in turns: a short slice each, round after round. Whatever else the machine
 * does meanwhile slows all of them, so that the ratios hold where the times do not.
 */

/** One way to do it. */
export interface Contender {
  readonly name: string;
  /** Does it once. */
  run(): unknown;
  /** How many times one run does it; 1, if not given. */
  readonly times?: number;
}

/** How long to measure. */
export interface Effort {
  /** How many runs of each come before the first slice, unless they take longer than this. */
  readonly warmUp: { readonly runs: number; readonly milliseconds: number };
  readonly rounds: number;
  /** Milliseconds of each slice. */
  readonly slice: number;
}

/** Runs a second, by the contender's name. */
export type Rates = Readonly<Record<string, number>>;

/** How many runs a process is warm after, and how many are its first ones. */
export const WARM_RUNS = 10_000;
export const FIRST_RUNS = 100;

/** Measures the contenders in turns, once their code is compiled: the median over all rounds. */
export async function rateWarm(contenders: readonly Contender[], effort: Effort): Promise<Rates> {
  const batches = await warmUp(contenders, effort);
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < effort.rounds; round++) {
    // Whoever comes after a garbage collection would be favored: everybody is first at times.
    for (let index = 0; index < contenders.length; index++) {
      const contender = contenders[(index + round) % contenders.length];
      if (contender === undefined) continue;
      const { runs, nanoseconds } = await runFor(contender, effort.slice, batches.get(contender) ?? 1);
      rates.get(contender.name)?.push(((runs * 1e9) / nanoseconds) * (contender.times ?? 1));
    }
  }
  return Object.fromEntries([...rates].map(([name, values]) => [name, median(values)]));
}

/** Runs everybody in turns, until each has done so many. @returns how many runs take long enough to look at the clock */
async function warmUp(
  contenders: readonly Contender[],
  { warmUp: { runs, milliseconds }, slice }: Effort,
): Promise<ReadonlyMap<Contender, number>> {
  const batches = new Map<Contender, number>();
  const left = new Map(contenders.map((contender) => [contender, { runs, milliseconds }]));
  while (left.size > 0) {
    for (const [contender, rest] of left) {
      const done = await runFor(contender, Math.min(slice, rest.milliseconds), batches.get(contender) ?? 1);
      // A twentieth of a millisecond: looking at the clock costs a thousandth of it.
      batches.set(contender, Math.ceil((done.runs / done.nanoseconds) * 50_000));
      rest.runs -= done.runs;
      rest.milliseconds -= done.nanoseconds / 1e6;
      if (rest.runs <= 0 || rest.milliseconds <= 0) left.delete(contender);
    }
  }
  return batches;
}

async function runFor(
  contender: Contender,
  milliseconds: number,
  batch: number,
): Promise<{ runs: number; nanoseconds: number }> {
  const start = process.hrtime.bigint();
  const end = BigInt(Math.ceil(milliseconds * 1e6));
  let runs = 0;
  let elapsed: bigint;
  do {
    for (let index = 0; index < batch; index++) {
      const result = contender.run();
      // What is there already is not waited for.
      if (result instanceof Promise) await result;
    }
    runs += batch;
    elapsed = process.hrtime.bigint() - start;
  } while (elapsed < end);
  return { runs, nanoseconds: Number(elapsed) };
}

/** The first runs in this process, one of each in turns: nothing is compiled yet. The mean over all. */
export async function rateFirst(contenders: readonly Contender[]): Promise<Rates> {
  const nanoseconds = new Map<Contender, bigint>();
  for (let run = 0; run < FIRST_RUNS; run++) {
    for (let index = 0; index < contenders.length; index++) {
      const contender = contenders[(index + run) % contenders.length];
      if (contender === undefined) continue;
      const start = process.hrtime.bigint();
      const result = contender.run();
      if (result instanceof Promise) await result;
      nanoseconds.set(contender, (nanoseconds.get(contender) ?? 0n) + process.hrtime.bigint() - start);
    }
  }
  return Object.fromEntries([...nanoseconds].map(([{ name }, taken]) => [name, (FIRST_RUNS * 1e9) / Number(taken)]));
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
