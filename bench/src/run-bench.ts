/** Measures the rows that are chosen, each in processes of its own, on each version of Node. */
import { writeFileSync } from 'node:fs';
import { withApplication } from 'platforms/application';
import { measureImportTime } from 'platforms/import-time';
import { installRuntime, RUNTIMES } from 'platforms/runtimes';
import type { Values } from 'runner/command';
import { ofOption } from 'runner/usage-error';
import { BESIDE, type Beside } from './beside/beside.ts';
import type { BENCH } from './command.ts';
import { guard } from './guard.ts';
import { FIRST_PROCESSES, FIRST_PROCESSES_SHORT, LONG, SHORT } from './measuring/effort.ts';
import { measureIn, type Task } from './measuring/task.ts';
import { median, type Rates } from './measuring/turns.ts';
import { readFixtures, writeFixtures } from './people/fixtures.ts';
import { startPython } from './python/peer.ts';
import { chartOf } from './report/chart.ts';
import { toJson, type Measured, type Results, type RowResult } from './report/results.ts';
import { ratesOn, tablesOf, verdictTable } from './report/table.ts';
import { BOUND, OURS, type Row } from './rows/row.ts';
import { rowsNamed } from './rows/rows-named.ts';
import { allRows } from './rows/rows.ts';

const MEMBERS = 1000;

/** A version of Node, and its program. */
interface Node {
  readonly version: string;
  readonly program: string;
}

/** Prints what was measured. @returns whether nothing is far slower than it should be, where that was asked */
export async function runBench(values: Values<typeof BENCH.options>): Promise<boolean> {
  const rows = ofOption('only', () => rowsNamed(values.only, allRows(values.quick || values.guard)));
  return values.guard ? guard(rows) : measureAll(values, rows);
}

async function measureAll(values: Values<typeof BENCH.options>, rows: readonly Row[]): Promise<boolean> {
  const { quick } = values;
  const isWhole = values.only === '';
  const nodes = await nodesOf(values.node);
  const fixtures = await writeFixtures(MEMBERS);
  const python = values.python ? await startPython() : undefined;
  const measure = async <T>({ program }: Node, task: Task): Promise<T> =>
    measureIn<T>(program, { task, quick, effort: quick ? SHORT : LONG, fixtures });

  const measured: RowResult[] = [];
  for (const row of rows) {
    const on = new Map<string, Measured>();
    for (const node of row.isAside === true ? nodes.slice(0, 1) : nodes) {
      process.stderr.write(`${row.name}, Node ${node.version}\n`);
      on.set(node.version, await measureRow(row, async (task) => measure(node, task), quick));
    }
    const operation = row.python?.(readFixtures(fixtures));
    const byPython = operation && (await python?.rate(operation, quick ? 0.15 : 0.6));
    measured.push({ row, on, python: byPython });
  }
  python?.stop();

  const beside = new Map<string, Beside>();
  for (const node of isWhole ? nodes : []) {
    const found: [string, unknown][] = [];
    for (const what of Object.keys(BESIDE)) {
      process.stderr.write(`${what}, Node ${node.version}\n`);
      found.push([what, await measure(node, { measure: 'beside', what })]);
    }
    beside.set(node.version, Object.fromEntries(found) as unknown as Beside);
  }
  report(values, {
    quick,
    nodes: nodes.map(({ version }) => version),
    python: python?.versions,
    rows: measured,
    beside,
    imports: quick || !isWhole ? undefined : await withApplication(measureImportTime),
  });
  return true;
}

function report({ only, json, chart }: Values<typeof BENCH.options>, results: Results): void {
  if (only !== '') {
    console.log([...results.nodes.map((node) => ratesOn(results, node)), verdictTable(results)].join('\n\n'));
    return;
  }
  console.log(tablesOf(results));
  if (json !== undefined) writeFileSync(json, toJson(results));
  if (chart !== undefined) writeFileSync(chart, chartOf(results));
}

async function measureRow(
  { name, target, portableTarget }: Row,
  measure: (task: Task) => Promise<Rates>,
  quick: boolean,
): Promise<Measured> {
  const warm = await measure({ measure: 'warm', row: name, side: 'ours' });
  const portable =
    portableTarget === undefined ? undefined : await measure({ measure: 'warm', row: name, side: 'portable' });
  if (target === undefined || !('first' in target)) return { warm, portable, first: undefined };
  const starts: Rates[] = [];
  for (let count = 0; count < (quick ? FIRST_PROCESSES_SHORT : FIRST_PROCESSES); count++)
    starts.push(await measure({ measure: 'first', row: name, side: 'ours' }));
  return { warm, portable, first: middleOf(starts) };
}

/** The rates of the process whose ratio is in the middle. */
function middleOf(starts: readonly Rates[]): Rates | undefined {
  const ratioOf = ({ [OURS]: ours = Number.NaN, [BOUND]: bound = Number.NaN }: Rates): number => ours / bound;
  const middle = median(starts.map(ratioOf));
  return starts.find((rates) => ratioOf(rates) === middle);
}

async function nodesOf(majors: readonly string[]): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for (const runtime of RUNTIMES) {
    const version = /^node@(?<version>(?<major>\d+)\..+)$/.exec(runtime.specifier)?.groups;
    if (version?.['major'] === undefined || !majors.includes(version['major'])) continue;
    nodes.push({ version: version['version'] ?? '', program: await installRuntime(runtime) });
  }
  return nodes;
}
