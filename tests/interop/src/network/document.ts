/** Writes the matrix of a living network into `docs/interop.md`, between two marks of its own. */
import { matrixOf, numbered, writeBetween } from '../document.ts';
import { partsOf, type PeerReport } from '../matrix.ts';
import { NETWORK_DIFFERENCES } from './known-differences.ts';
import type { StationName } from './station-program.ts';

const MARKS = {
  dimples: ['<!-- network: written by `pnpm interop --peer network` -->', '<!-- end of the network -->'],
  dimstation: ['<!-- station: written by `pnpm interop --peer station` -->', '<!-- end of the station -->'],
} as const;

/** Writes it into a page that has the two marks. */
export function writeNetwork(path: string, station: StationName, reports: readonly PeerReport[]): void {
  writeBetween(path, MARKS[station], networkOf(station, reports));
}

/** The matrix and the known differences, in Markdown. */
export function networkOf(station: StationName, reports: readonly PeerReport[]): string {
  const differences = NETWORK_DIFFERENCES[station];
  const notes = [...new Set(differences.map(({ reason }) => reason))];
  const tables = partsOf(reports).map((part) => matrixOf(part, reports, notes));
  return [...tables, ...(notes.length === 0 ? [] : [numbered(notes, differences)])].join('\n\n');
}
