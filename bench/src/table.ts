/** The results for the terminal. */
import { mebibytes, rate, verdictsOf, type Results } from './results.ts';

/** All tables, one after the other. */
export function tablesOf(results: Results): string {
  const names = ['ours', 'portable', 'bound', 'python'];
  const rows = results.rows.map(({ name, rates }) => {
    const { ours, bound } = rates;
    const ratio = ours !== undefined && bound !== undefined ? (ours / bound).toFixed(2) : '';
    return [name, ...names.map((each) => (rates[each] === undefined ? '' : rate(rates[each]))), ratio];
  });
  const { memory, imports } = results;
  return [
    table(['operations a second', ...names, 'ours / bound'], rows),
    ...(imports === undefined
      ? []
      : [
          table(
            ['import on Node, ms of processor time', ''],
            [
              ['an empty script', imports.empty.toFixed(0)],
              ['with dimp and dimplugins', imports.full.toFixed(0)],
            ],
          ),
        ]),
    table(
      ['held in memory', ''],
      [
        ['10,000 messages of 1 KiB', mebibytes(memory.messages)],
        ['10,000 IDs', mebibytes(memory.ids)],
        ...memory.afterDistinct.map(({ count, bytes }) => [`after ${count} distinct IDs`, mebibytes(bytes)]),
      ],
    ),
    ...results.growth.map(({ name, unit, points }) =>
      table(
        [name, `microseconds a ${unit}`],
        points.map(({ size, nanoseconds }) => [String(size), (nanoseconds / 1000).toPrecision(3)]),
      ),
    ),
    table(
      ['target', 'wanted', 'measured', ''],
      verdictsOf(results).map(({ name, wanted, measured, met }) => [name, wanted, measured, met ? 'met' : 'NOT met']),
    ),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
