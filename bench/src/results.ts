/** What a run found, as data: what the table, the chart and the JSON file are made of. */
import type { Growth } from './growth.ts';
import type { ImportTime } from 'platforms/import-time';
import type { Memory } from './memory.ts';
import type { Target } from './row.ts';
import type { Throughput } from './throughput.ts';

export interface RowResult {
  readonly name: string;
  readonly note: string | undefined;
  readonly target: Target | undefined;
  readonly portableTarget: number | undefined;
  /** Operations a second, by the name of who does it. */
  readonly rates: Readonly<Record<string, number>>;
}

export interface Results {
  readonly node: string;
  readonly quick: boolean;
  /** The packages of the Python implementation, if it took part. */
  readonly python: Readonly<Record<string, string>> | undefined;
  readonly rows: readonly RowResult[];
  /** Of the packages as published; not measured with `--quick`. */
  readonly imports: ImportTime | undefined;
  readonly memory: Memory;
  readonly throughput: Throughput;
  readonly growth: readonly Growth[];
}

/** A target, what was measured, and whether it is met. */
export interface Verdict {
  readonly name: string;
  readonly wanted: string;
  readonly measured: string;
  readonly met: boolean;
}

const MAX_IMPORT_MS = 40;
const MIN_GAIN = 1.7;
/** How much more a unit may cost at any size than at the cheapest: linear, with the noise of a busy machine. */
const MAX_GROWTH = 1.5;
const MAX_GROWTH_BYTES = 16 * 1024 * 1024;

/** Each target with its figure. */
export function verdictsOf(results: Results): readonly Verdict[] {
  const { imports, throughput, growth, memory } = results;
  const held = Math.max(...memory.afterDistinct.map(({ bytes }) => bytes));
  return [
    ...results.rows.flatMap(verdictsOfRow),
    ...growth.map(({ name, unit, points }): Verdict => {
      // The fixed cost of a single unit is no growth.
      const costs = points.slice(1).map(({ nanoseconds }) => nanoseconds);
      const factor = Math.max(...costs) / Math.min(...costs);
      return verdict(`${name}: cost of a ${unit} over the sizes`, `<= ${MAX_GROWTH} x`, factor, factor <= MAX_GROWTH);
    }),
    verdict(
      `${throughput.atATime} packs at a time on ${throughput.cores} cores`,
      `>= ${MIN_GAIN} x`,
      throughput.gain,
      throughput.gain >= MIN_GAIN,
    ),
    ...(imports === undefined
      ? []
      : [
          {
            name: 'import of all packages',
            wanted: `<= ${MAX_IMPORT_MS} ms`,
            measured: `${imports.scaled.toFixed(0)} ms`,
            met: imports.scaled <= MAX_IMPORT_MS,
          },
        ]),
    {
      name: `held after ${memory.afterDistinct.at(-1)?.count ?? 0} distinct IDs`,
      wanted: `<= ${mebibytes(MAX_GROWTH_BYTES)}`,
      measured: mebibytes(held),
      met: held <= MAX_GROWTH_BYTES,
    },
  ];
}

function verdictsOfRow({ name, target, portableTarget, rates }: RowResult): readonly Verdict[] {
  const { ours = Number.NaN, portable = Number.NaN, bound = Number.NaN, python } = rates;
  const verdicts: Verdict[] = [];
  if (target !== undefined && 'ofBound' in target) {
    verdicts.push(atLeast(name, target.ofBound, ours / bound));
  } else if (target !== undefined) {
    const wanted = [`>= ${rate(target.perSecond)}/s`];
    let met = ours >= target.perSecond;
    if (target.ofPython !== undefined && python !== undefined) {
      wanted.push(`or ${target.ofPython} x Python`);
      met ||= ours >= target.ofPython * python;
    }
    verdicts.push({ name, wanted: wanted.join(' '), measured: `${rate(ours)}/s`, met });
  }
  if (portableTarget !== undefined) verdicts.push(atLeast(`portable: ${name}`, portableTarget, portable / bound));
  return verdicts;
}

function atLeast(name: string, part: number, measured: number): Verdict {
  return verdict(name, `>= ${part.toPrecision(2)} of bound`, measured, measured >= part);
}

function verdict(name: string, wanted: string, measured: number, met: boolean): Verdict {
  return { name, wanted, measured: measured.toPrecision(3), met };
}

/** A rate with three digits. */
export function rate(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  if (value >= 1e3) return `${(value / 1e3).toPrecision(3)}k`;
  return value.toPrecision(3);
}

/** Bytes for people. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
