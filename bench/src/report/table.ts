/** The results as tables in Markdown: for the terminal, and for the page on performance. */
import type { Rates } from '../measuring/turns.ts';
import { BARE, BOUND, OURS, PORTABLE } from '../rows/row.ts';
import { mebibytes, rate, type Results } from './results.ts';
import { verdictsOf, type Verdict } from './verdicts.ts';

/** What is met, and what is not. */
export function verdictTable(results: Results): string {
  const verdicts = verdictsOf(results);
  const outcomes = verdicts.flatMap(({ on }) => [...on.values()]);
  const met = outcomes.filter((outcome) => outcome.met).length;
  return [
    table(
      ['', 'wanted', ...results.nodes.map((node) => `Node ${node}`)],
      verdicts.map(({ name, wanted, on }) => [name, wanted, ...results.nodes.map((node) => cellOf(on, node))]),
    ),
    `${met} of ${outcomes.length} met.`,
  ].join('\n\n');
}

function cellOf(on: Verdict['on'], node: string): string {
  const outcome = on.get(node);
  if (outcome === undefined) return '';
  return `${outcome.measured} ${outcome.met ? 'met' : '**not met**'}`;
}

/** All tables, one after the other: what is met last. */
export function tablesOf(results: Results): string {
  return [...results.nodes.map((node) => ratesOn(results, node)), tableBeside(results), verdictTable(results)].join(
    '\n\n',
  );
}

/** What each does a second. */
export function ratesOn({ rows, python }: Results, node: string): string {
  const names = [OURS, PORTABLE, BOUND, BARE];
  const head = [`operations a second, Node ${node}`, ...names, 'Python', 'ours / bound', 'the first 100'];
  return table(
    python === undefined ? head.filter((name) => name !== 'Python') : head,
    rows
      .filter(({ on }) => on.has(node))
      .map(({ row, on, python: byPythonAlone }) => {
        const { warm = {}, first, portable } = on.get(node) ?? {};
        const rates: Readonly<Record<string, number>> = { ...portable, ...warm };
        const byPython = python === undefined ? [] : [rateOr(byPythonAlone)];
        return [row.name, ...names.map((name) => rateOr(rates[name])), ...byPython, part(warm), part(first)];
      }),
  );
}

function rateOr(value: number | undefined): string {
  return value === undefined ? '' : rate(value);
}

function part(rates: Rates | undefined): string {
  const { [OURS]: ours, [BOUND]: bound } = rates ?? {};
  return ours === undefined || bound === undefined ? '' : (ours / bound).toPrecision(3);
}

function tableBeside({ nodes, beside, imports }: Results): string {
  const found = nodes.map((node) => beside.get(node));
  const growth = (found[0]?.growth ?? []).flatMap(({ name, unit, points }, index) =>
    points.map(({ size }, at) => [
      `${name}, microseconds a ${unit}, ${size}`,
      ...found.map((each) => ((each?.growth[index]?.points[at]?.nanoseconds ?? Number.NaN) / 1000).toPrecision(3)),
    ]),
  );
  const rows = [
    ['10,000 messages of 1 KiB, held', ...found.map((each) => mebibytes(each?.memory.messages ?? Number.NaN))],
    ['10,000 IDs, held', ...found.map((each) => mebibytes(each?.memory.ids ?? Number.NaN))],
    ...growth,
  ];
  if (imports !== undefined)
    rows.push(
      ['an empty script, ms of processor time', imports.empty.toFixed(0)],
      ['one that imports dimp and dimplugins', imports.full.toFixed(0)],
    );
  return table(['beside', ...nodes.map((node) => `Node ${node}`)], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
