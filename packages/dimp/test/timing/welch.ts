/**
 * Telling two ways of running the same code apart by their time, as dudect does: many samples of each kind, in random
 * order, in one process, and Welch's t-test between each two kinds.
 *
 * Sporadic pauses (garbage collection, other processes) only add noise, so the slowest samples are left out: those above
 * a percentile of all kinds together, so that no kind is cropped differently. The test is done for several percentiles,
 * and the largest |t| counts.
 */

/** What is measured: one run of a kind; it must not throw. */
export type Run = () => Promise<unknown>;

/** The difference of two kinds. */
export interface Difference {
  readonly pair: string;
  readonly t: number;
}

/** From here on a difference is taken for real; by chance it occurs about once in 150,000 times. */
export const T_LIMIT = 4.5;

const PERCENTILES: readonly number[] = [0.5, 0.75, 0.9, 0.99];
const MIN_SHARE = 0.05;

/** Microseconds of `count` runs of each kind. */
export async function sample(kinds: Readonly<Record<string, Run>>, count: number): Promise<Map<string, Float64Array>> {
  const names = Object.keys(kinds);
  const times = new Map(names.map((name) => [name, new Float64Array(count)]));
  const order = shuffled(names.flatMap((name) => Array.from({ length: count }, (_, index) => ({ name, index }))));
  for (const { name, index } of order) {
    const run = kinds[name];
    const target = times.get(name);
    if (run === undefined || target === undefined) throw new Error(`no kind ${name}`);
    const start = performance.now();
    await run();
    target[index] = (performance.now() - start) * 1000;
  }
  return times;
}

/** The largest |t| of each pair of kinds, the largest first. */
export function differences(times: ReadonlyMap<string, Float64Array>): readonly Difference[] {
  const pooled = Float64Array.from([...times.values()].flatMap((values) => [...values])).toSorted();
  const limits = PERCENTILES.map((percentile) => pooled[Math.floor((pooled.length - 1) * percentile)] ?? Infinity);
  const kinds = [...times];
  const pairs = kinds.flatMap(([one, first], index) =>
    kinds.slice(index + 1).map(([other, second]) => ({
      pair: `${one} / ${other}`,
      t: Math.max(...limits.map((limit) => Math.abs(croppedWelch(first, second, limit)))),
    })),
  );
  return pairs.toSorted((one, other) => other.t - one.t);
}

/** Welch's t: the difference of the means in units of its standard error. */
export function welch(one: Float64Array, other: Float64Array): number {
  const [a, b] = [momentsOf(one), momentsOf(other)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length);
}

function momentsOf(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

/** Zero where hardly anything of a kind is left: then the kinds differ so much that a higher percentile shows it. */
function croppedWelch(one: Float64Array, other: Float64Array, limit: number): number {
  const [a, b] = [cropped(one, limit), cropped(other, limit)];
  return Math.min(a.length / one.length, b.length / other.length) < MIN_SHARE ? 0 : welch(a, b);
}

function cropped(values: Float64Array, limit: number): Float64Array {
  return values.filter((value) => value <= limit);
}

function shuffled<T>(list: T[]): readonly T[] {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [list[last], list[other]] = [list[other] as T, list[last] as T];
  }
  return list;
}
