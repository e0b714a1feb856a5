/** Tables for people. */
import { printable } from 'dimp/internal';

/** Longest cell. */
const MAX_CELL = 80;

/**
 * Rows under a head, in columns that also hold where letters are two columns wide. What a peer has chosen is made fit for a terminal.
 */
export async function table(head: readonly string[], rows: readonly (readonly string[])[]): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const lines = new Table({ chars: NO_LINES, style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] } });
  lines.push(...[head, ...rows].map((row) => row.map((cell) => printable(cell, MAX_CELL))));
  return `${lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

const NO_LINES = Object.fromEntries(
  [
    'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right',
    'left left-mid mid mid-mid right right-mid middle',
  ]
    .join(' ')
    .split(' ')
    .map((part) => [part, '']),
);

/** A time as people read it, whatever their country. */
export function timeText(seconds: unknown): string {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return '-';
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime())
    ? '-'
    : time
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');
}
