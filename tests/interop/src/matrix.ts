/** The matrix: a row for each scenario, a column for each peer and direction. */
import type { Judged, Verdict } from './judge.ts';
import { DIRECTIONS, type Direction } from './run.ts';

/** A peer, its versions, and what came of all scenarios. */
export interface PeerReport {
  readonly name: string;
  readonly about: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Judged[];
  /** Why it did not come to an end. */
  readonly broken?: string;
}

/** The name of a column. */
export function columnsOf(
  reports: readonly PeerReport[],
): readonly { readonly peer: PeerReport; readonly direction: Direction }[] {
  return reports.flatMap((peer) => DIRECTIONS.map((direction) => ({ peer, direction })));
}

/** How verdicts are shown. */
export const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  refused: 'refused',
  differs: 'DIFFERS',
  known: 'known',
  none: '–',
  theirs: '–',
};

/** One part of the matrix: rows of a name and a verdict for each column. */
export interface Part {
  readonly name: string;
  readonly rows: readonly { readonly name: string; readonly cells: readonly (Judged | undefined)[] }[];
}

/** The matrix by parts, in the order in which they ran. */
export function partsOf(reports: readonly PeerReport[]): readonly Part[] {
  const names = new Map<string, Set<string>>();
  for (const { part, name } of reports.flatMap(({ results }) => results)) {
    names.set(part, (names.get(part) ?? new Set()).add(name));
  }
  const found = reports.map(({ results }) => new Map(results.map((result) => [keyOf(result), result])));
  return [...names].map(([part, rows]) => ({
    name: part,
    rows: [...rows].map((name) => ({
      name,
      cells: found.flatMap((of) => DIRECTIONS.map((direction) => of.get(keyOf({ part, name, direction })))),
    })),
  }));
}

/** The matrix as text for a terminal. */
export function printMatrix(reports: readonly PeerReport[]): string {
  const parts = partsOf(reports);
  const width = Math.max(20, ...parts.flatMap(({ rows }) => rows.map(({ name }) => name.length + 2)));
  const heads = columnsOf(reports).map(({ peer, direction }) => (direction === 'to peer' ? `→ ${peer.name}` : '←'));
  const widths = heads.map((head) => Math.max(head.length, 8));
  const line = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(width)} ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' ')}`.trimEnd();
  const lines = [line('', heads)];
  for (const part of parts) {
    lines.push(part.name);
    for (const { name, cells } of part.rows)
      lines.push(
        line(
          `  ${name}`,
          cells.map((cell) => shown(cell)),
        ),
      );
  }
  return lines.join('\n');
}

/** A cell as a word. */
export function shown(cell: Judged | undefined): string {
  return cell === undefined ? '–' : WORDS[cell.verdict];
}

function keyOf({ part, name, direction }: Pick<Judged, 'part' | 'name' | 'direction'>): string {
  return JSON.stringify([part, name, direction]);
}
