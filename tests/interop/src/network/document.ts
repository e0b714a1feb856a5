/** Writes the matrix of the living network into `docs/interop.md`, between two marks of its own. */
import { matrixOf, numbered, writeBetween } from '../document.ts';
import { partsOf, type PeerReport } from '../matrix.ts';
import { NETWORK_DIFFERENCES } from './known-differences.ts';

const MARKS = ['<!-- network: written by `pnpm interop --peer network` -->', '<!-- end of the network -->'] as const;

/** Writes it into a page that has the two marks. */
export function writeNetwork(path: string, reports: readonly PeerReport[]): void {
  writeBetween(path, MARKS, networkOf(reports));
}

/** The matrix and the known differences, in Markdown. */
export function networkOf(reports: readonly PeerReport[]): string {
  const notes = [...new Set(NETWORK_DIFFERENCES.map(({ reason }) => reason))];
  const tables = partsOf(reports).map((part) => matrixOf(part, reports, notes));
  return [...tables, ...(notes.length === 0 ? [] : [numbered(notes, NETWORK_DIFFERENCES)])].join('\n\n');
}
