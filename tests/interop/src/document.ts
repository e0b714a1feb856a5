/** Writes the matrix into `docs/interop.md`: what stands between the two marks there is made by this program. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts';
import type { Judged } from './judge.ts';
import { columnsOf, partsOf, shown, type Part, type PeerReport } from './matrix.ts';
import { REFUSED } from './scenarios/refusals.ts';

/** The page with the matrix. */
export const DOCUMENT_FILE = fileURLToPath(new URL('../../../docs/interop.md', import.meta.url));

const BEGIN = '<!-- matrix: written by `pnpm interop` -->';
const END = '<!-- end of the matrix -->';

/** Writes the matrix into a page that has the two marks. */
export function writeDocument(path: string, reports: readonly PeerReport[]): void {
  writeBetween(path, [BEGIN, END], documentOf(reports));
}

/** Writes between two marks of a page. */
export function writeBetween(path: string, [begin, end]: readonly [string, string], text: string): void {
  const page = readFileSync(path, 'utf8');
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for the matrix`);
  const changed = `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`;
  if (changed !== page) writeFileSync(path, changed);
}

/** The peers, the matrix and the known differences, in Markdown. */
export function documentOf(reports: readonly PeerReport[]): string {
  const known = KNOWN_DIFFERENCES.filter(({ peers }) => reports.some(({ name }) => peers.includes(name)));
  const notes = [...new Set(known.map(({ reason }) => reason))];
  return [
    '### Peers',
    table(
      ['peer', 'what it is', 'packages'],
      reports.map(({ name, about, versions }) => [
        `\`${name}\``,
        about,
        Object.entries(versions)
          .map(([key, version]) => `${key} ${version}`)
          .join(', '),
      ]),
    ),
    ...partsOf(reports).flatMap((part) => [`### ${part.name}`, matrixOf(part, reports, notes)]),
    ...(notes.length === 0 ? [] : ['### Known differences', numbered(notes, known)]),
  ].join('\n\n');
}

/** Of what nobody may accept: what this library refuses. What a peer does with it is its own matter. */
export function matrixOf({ name, rows }: Part, reports: readonly PeerReport[], notes: readonly string[]): string {
  const isRefusal = name.startsWith(REFUSED);
  const columns = columnsOf(reports)
    .map((column, index) => ({ ...column, index }))
    .filter(({ direction }) => !isRefusal || direction === 'from peer')
    .filter(({ index }) => rows.some(({ cells }) => cells[index] !== undefined));
  const heads = columns.map(({ peer, direction }) => `${direction === 'to peer' ? '→' : '←'} ${peer.name}`);
  return table(
    ['', ...heads],
    rows.map((row) => [row.name, ...columns.map(({ index }) => withNote(row.cells[index], notes))]),
  );
}

function withNote(cell: Judged | undefined, notes: readonly string[]): string {
  return cell?.known === undefined ? shown(cell) : `${shown(cell)} ${notes.indexOf(cell.known.reason) + 1}`;
}

/** The reasons of known differences, with the numbers that the matrix has them under. */
export function numbered(notes: readonly string[], known: readonly KnownDifference[]): string {
  const peersOf = (note: string) => [
    ...new Set(known.filter(({ reason }) => reason === note).flatMap(({ peers }) => peers)),
  ];
  return notes.map((note, index) => `${index + 1}. ${peersOf(note).join(', ')}: ${note}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, index) => Math.max(3, cell.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map((row) => line(row)),
  ].join('\n');
}
