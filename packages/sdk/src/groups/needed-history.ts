/** What of a history somebody needs who knows nothing of a group: so much that it comes to the same. */
import { compareEntries, type FoldedHistory } from './fold-history.ts';
import type { GroupBulletin } from './group-bulletin.ts';
import type { HistoryEntry } from './history-entry.ts';

/** A part of a history that comes to the same as the whole. */
export interface NeededHistory {
  /** In order; the last one is the newest of all. */
  readonly bulletins: readonly GroupBulletin[];
  /** In order, the `reset` among them. None without a `reset`: who is a member, nobody has said then. */
  readonly entries: readonly HistoryEntry[];
}

/**
 * The bulletins from the one that was in force at the `reset` on, and the commands that have an effect.
 * @param bulletins all, in order
 */
export function neededHistory(
  bulletins: readonly GroupBulletin[],
  { reset, effective }: Pick<FoldedHistory, 'reset' | 'effective'>,
  entries: readonly HistoryEntry[],
): NeededHistory {
  if (reset === undefined) return { bulletins: bulletins.slice(-1), entries: [] };
  const later = bulletins.findIndex(({ time }) => time > reset.time);
  const since = later === -1 ? bulletins.slice(-1) : bulletins.slice(Math.max(0, later - 1));
  // Who had resigned before that bulletin was signed, does not matter after it.
  const from = Math.min(reset.time, since[0]?.time ?? reset.time);
  const needed = entries.filter(({ id, time }) => effective.has(id) && time >= from);
  return { bulletins: since, entries: [...needed].sort(compareEntries) };
}
