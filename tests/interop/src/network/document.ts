/** Writes the matrix of a living network into `docs/interop.md`, between two marks of its own. */
import { matrixOf, numbered, writeBetween } from '../document.ts';
import { partsOf, type PeerReport } from '../matrix.ts';
import { NETWORK_DIFFERENCES } from './known-differences.ts';
import type { NetworkName } from './station-program.ts';

const MARKS = {
  dimples: ['<!-- network: written by `pnpm interop --peer network` -->', '<!-- end of the network -->'],
  dimstation: ['<!-- station: written by `pnpm interop --peer station` -->', '<!-- end of the station -->'],
  page: ['<!-- page: written by `pnpm interop --peer page` -->', '<!-- end of the page -->'],
  bridge: ['<!-- bridge: written by `pnpm interop --peer bridge` -->', '<!-- end of the bridge -->'],
} as const;

/** Writes it into a page that has the two marks. */
export function writeNetwork(path: string, name: NetworkName, reports: readonly PeerReport[]): void {
  writeBetween(path, MARKS[name], networkOf(name, reports));
}

/** The matrix and the known differences, in Markdown. */
export function networkOf(name: NetworkName, reports: readonly PeerReport[]): string {
  const differences = NETWORK_DIFFERENCES[name];
  const notes = [...new Set(differences.map(({ reason }) => reason))];
  const tables = partsOf(reports).map((part) => matrixOf(part, reports, notes));
  return [...tables, ...(notes.length === 0 ? [] : [numbered(notes, differences)])].join('\n\n');
}
