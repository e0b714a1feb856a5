/** Each target with what was measured. */
import type { Growth } from '../beside/growth.ts';
import { BOUND, OF_PYTHON, OURS, partOn, PORTABLE, type Target } from '../rows/row.ts';
import { majorOf, mebibytes, rate, type Measured, type Results, type RowResult } from './results.ts';

/** A figure, and whether the target is met. */
export interface Outcome {
  readonly measured: string;
  readonly met: boolean;
}

/** A target, and what became of it. */
export interface Verdict {
  readonly name: string;
  readonly wanted: string;
  /** By the version of Node. */
  readonly on: ReadonlyMap<string, Outcome>;
}

const MAX_IMPORT_MS = 40;
const MIN_GAIN = 1.7;
/** How much more a unit may cost at any size than at the cheapest: linear, with the noise of a busy machine. */
const MAX_GROWTH = 1.5;
/** While a backlog is opened, in milliseconds; and how many of the processors work on it, as a part of them. */
const MAX_STALL = 50;
const MIN_CORES = 0.8;
const MAX_GROWTH_BYTES = 16 * 1024 * 1024;
/** What a held message may take, for each of its bytes on the wire. */
const MAX_HELD = 1.6;

export function verdictsOf(results: Results): readonly Verdict[] {
  return [...results.rows.flatMap(verdictsOfRow), ...verdictsBeside(results), ...verdictOfImports(results)];
}

function verdictsOfRow(result: RowResult): readonly Verdict[] {
  const { python } = result;
  const { name, target, portableTarget } = result.row;
  const verdicts: Verdict[] = [];
  if (target !== undefined) verdicts.push(verdictOfTarget(result, target));
  if (target !== undefined && 'ofBound' in target && target.first !== undefined) {
    const { first } = target;
    verdicts.push(
      onEach(
        result,
        `${name}: the first 100`,
        partsIn(result, (major) => partOn(first, major)),
        (measured, major) => atLeast(partOn(first, major), ratio(measured.first, OURS)),
      ),
    );
  }
  if (portableTarget !== undefined)
    verdicts.push(
      onEach(result, `portable: ${name}`, `>= ${portableTarget.toPrecision(2)} of the bound`, ({ portable }) =>
        atLeast(portableTarget, ratio(portable, PORTABLE)),
      ),
    );
  if (python !== undefined)
    verdicts.push(
      onEach(result, `${name}: beside Python`, `>= ${OF_PYTHON} x`, ({ warm }) =>
        atLeast(OF_PYTHON, (warm[OURS] ?? Number.NaN) / python),
      ),
    );
  return verdicts;
}

function verdictOfTarget(result: RowResult, target: Target): Verdict {
  const { python } = result;
  const { name } = result.row;
  if ('ofBound' in target) {
    const { ofBound } = target;
    return onEach(
      result,
      name,
      partsIn(result, (major) => partOn(ofBound, major)),
      ({ warm }, major) => atLeast(partOn(ofBound, major), ratio(warm, OURS)),
    );
  }
  const { perSecond, ofPython } = target;
  const orPython = python === undefined ? '' : ` or ${ofPython} x Python`;
  return onEach(result, name, `>= ${rate(perSecond)}/s${orPython}`, ({ warm: { [OURS]: ours = Number.NaN } }) => ({
    measured: `${rate(ours)}/s`,
    met: ours >= perSecond || (python !== undefined && ours >= ofPython * python),
  }));
}

function onEach(
  { on }: RowResult,
  name: string,
  wanted: string,
  judge: (measured: Measured, major: number) => Outcome,
): Verdict {
  return { name, wanted, on: new Map([...on].map(([node, measured]) => [node, judge(measured, majorOf(node))])) };
}

function partsIn({ on, row: { note } }: RowResult, part: (major: number) => number): string {
  const parts = new Set([...on.keys()].map((node) => part(majorOf(node))));
  return `>= ${[...parts].join(', ')} of the ${note === undefined ? 'fair bound' : 'bound'}`;
}

function ratio(rates: Readonly<Record<string, number>> | undefined, name: string): number {
  return (rates?.[name] ?? Number.NaN) / (rates?.[BOUND] ?? Number.NaN);
}

function atLeast(wanted: number, measured: number): Outcome {
  return { measured: measured.toPrecision(3), met: measured >= wanted };
}

function atMost(wanted: number, measured: number): Outcome {
  return { measured: measured.toPrecision(3), met: measured <= wanted };
}

function verdictsBeside({ beside }: Results): readonly Verdict[] {
  const [sample] = beside.values();
  if (sample === undefined) return [];
  type Found = typeof sample;
  const verdict = (name: string, wanted: string, judge: (found: Found) => Outcome): Verdict => ({
    name,
    wanted,
    on: new Map([...beside].map(([node, found]) => [node, judge(found)])),
  });
  const { throughput, memory, growth, responsiveness } = sample;
  const backlog = `a backlog of ${count(responsiveness.messages)}, RSA-2048`;
  return [
    verdict('a held message', `<= ${MAX_HELD} x its bytes on the wire`, ({ memory: { messages, onTheWire } }) =>
      atMost(MAX_HELD, messages / onTheWire),
    ),
    verdict(
      `held after ${count(memory.afterDistinct.at(-1)?.count)} distinct IDs`,
      `<= ${mebibytes(MAX_GROWTH_BYTES)}`,
      (found) => {
        const held = Math.max(...found.memory.afterDistinct.map(({ bytes }) => bytes));
        return { measured: mebibytes(held), met: held <= MAX_GROWTH_BYTES };
      },
    ),
    verdict(`${throughput.atATime} packs at a time on ${throughput.cores} cores`, `>= ${MIN_GAIN} x one`, (found) =>
      atLeast(MIN_GAIN, found.throughput.gain),
    ),
    verdict(`${backlog}: longest stall`, `<= ${MAX_STALL} ms`, (found) =>
      atMost(MAX_STALL, found.responsiveness.pooled.longestStallMs),
    ),
    verdict(`${backlog}: on threads`, `>= ${MIN_CORES} x the ${responsiveness.cores} cores`, (found) => {
      const { pooled, oneByOne, cores } = found.responsiveness;
      return atLeast(MIN_CORES, pooled.perSecond / oneByOne.perSecond / cores);
    }),
    ...growth.map(({ name, unit }, index) =>
      verdict(`${name}: cost of a ${unit} over the sizes`, `<= ${MAX_GROWTH} x`, (found) =>
        atMost(MAX_GROWTH, growthFactor(found.growth[index])),
      ),
    ),
  ];
}

/** How much more a unit costs at any size than at the cheapest. The fixed cost of a single unit is no growth. */
function growthFactor(growth: Growth | undefined): number {
  const costs = (growth?.points ?? []).slice(1).map(({ nanoseconds }) => nanoseconds);
  return Math.max(...costs) / Math.min(...costs);
}

function verdictOfImports({ imports, nodes }: Results): readonly Verdict[] {
  const [node] = nodes;
  if (imports === undefined || node === undefined) return [];
  const outcome = { measured: `${imports.scaled.toFixed(0)} ms`, met: imports.scaled <= MAX_IMPORT_MS };
  return [{ name: 'import of all packages', wanted: `<= ${MAX_IMPORT_MS} ms`, on: new Map([[node, outcome]]) }];
}

function count(value = 0): string {
  return value.toLocaleString('en');
}
