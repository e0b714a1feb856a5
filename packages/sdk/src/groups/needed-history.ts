/** What of a history somebody needs who knows nothing of a group: so much that it comes to the same. */
import { compareEntries, foldHistory, type FoldedHistory, type GroupFacts } from './fold-history.ts';
import { compareBulletins, type GroupBulletin } from './group-bulletin.ts';
import { writeState, type GroupState } from './group-state.ts';
import type { HistoryEntry } from './history-entry.ts';

/** A part of a history that comes to the same as the whole. */
export interface NeededHistory {
  /** In order; the last one is the newest of all. */
  readonly bulletins: readonly GroupBulletin[];
  /** In order, the `reset` among them. None without a `reset`: who is a member, nobody has said then. */
  readonly entries: readonly HistoryEntry[];
}

/**
 * The commands that have an effect, and the newest bulletin; with those from the `reset` on, where it matters who was an
 * administrator then. Deployed clients hand on the newest alone.
 */
export function neededHistory(
  facts: GroupFacts,
  { state, reset, effective }: FoldedHistory,
  entries: readonly HistoryEntry[],
): NeededHistory {
  const bulletins = [...facts.bulletins].sort(compareBulletins);
  const newest = bulletins.slice(-1);
  if (reset === undefined) return { bulletins: newest, entries: [] };
  const later = bulletins.findIndex(({ time }) => time > reset.time);
  const since = later === -1 ? newest : bulletins.slice(Math.max(0, later - 1));
  const [first] = since;
  const all = [...entries].sort(compareEntries).filter(({ id }) => effective.has(id));
  // Who had resigned before the first bulletin was signed, does not matter after it.
  const countsFrom = (bulletin: GroupBulletin | undefined) => (entry: HistoryEntry) =>
    entry.command !== 'resign' || bulletin === undefined || entry.time >= bulletin.time;
  const parts: readonly NeededHistory[] = [
    { bulletins: newest, entries: all.filter(countsFrom(newest[0])) },
    { bulletins: since, entries: all.filter(countsFrom(first)) },
  ];
  const part = parts.find((some) => isSame(state, foldHistory({ ...facts, bulletins: some.bulletins }, some.entries)));
  return part ?? { bulletins, entries: all };
}

function isSame(one: GroupState, { state: other }: FoldedHistory): boolean {
  return JSON.stringify(writeState(one)) === JSON.stringify(writeState(other));
}
