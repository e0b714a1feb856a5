/** Runs one row, judges it, and shows what the programs said where it differs. */
import { stripVTControlCharacters } from 'node:util';
import { judge, type Judged } from '../judge.ts';
import type { Direction, Result } from '../run.ts';
import { BrokenSide } from '../side.ts';
import { NETWORK_DIFFERENCES } from './known-differences.ts';
import type { LivingNetwork } from './living-network.ts';
import type { NetworkName } from './station-program.ts';

/** A row in one direction. */
export interface Row {
  readonly part: string;
  readonly name: string;
  readonly direction: Direction;
  run(): Promise<void>;
}

/** What rows run in. */
export interface RowRun {
  readonly network: LivingNetwork;
  readonly among: NetworkName;
  /** The name of the column. */
  readonly peer: string;
  /** When it is ended, by `performance.now`. */
  readonly deadline: number;
  readonly print: (line: string) => void;
}

/** A run that takes longer is ended. It takes a third of this on two busy cores. */
export const MAX_MINUTES = 6;
/** How much of the journal is shown for a failure. */
const SHOWN_LINES = 60;
const MAX_REASON = 300;

/** @throws BrokenSide when a program has ended */
export async function runRow({ network, among, peer, deadline, print }: RowRun, row: Row): Promise<Judged> {
  if (performance.now() > deadline) throw new BrokenSide(`it takes longer than ${MAX_MINUTES} minutes`);
  const [begin, place] = [performance.now(), network.journal.end];
  const { part, name, direction } = row;
  const judged = judge(peer, { part, name, direction, ...(await outcomeOf(row)) }, NETWORK_DIFFERENCES[among]);
  network.journal.add('test', `${name}, ${direction}: ${judged.verdict} (${secondsSince(begin)} s)`);
  if (judged.verdict === 'differs')
    showDifference(network, place, `${peer}: ${name}, ${direction}: ${judged.reason ?? ''}`, print);
  return judged;
}

/** Says what is wrong, and what all programs said from a place on. */
export function showDifference(network: LivingNetwork, place: number, line: string, print: RowRun['print']): void {
  print(line);
  for (const said of network.journal.since(place, SHOWN_LINES)) print(`  ${said}`);
}

async function outcomeOf(row: Row): Promise<Pick<Result, 'outcome' | 'reason'>> {
  try {
    await row.run();
    return { outcome: 'pass' };
  } catch (error) {
    if (error instanceof BrokenSide) throw error;
    return { outcome: 'differs', reason: shortReason(error instanceof Error ? error.message : String(error)) };
  }
}

/** A browser says in many lines what it waited for, and repeats a text of any length. */
function shortReason(reason: string): string {
  const lines = stripVTControlCharacters(reason)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 4);
  return lines.map((line) => (line.length > MAX_REASON ? `${line.slice(0, MAX_REASON)}…` : line)).join(' ');
}

/** Seconds, for people. */
export function secondsSince(begin: number): string {
  return ((performance.now() - begin) / 1000).toFixed(1);
}
