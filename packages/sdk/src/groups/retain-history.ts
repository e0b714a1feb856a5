/**
 * How much of a history is kept. Anybody can write to a group that they know the ID of, so that it is bounded; and what
 * strangers write pushes out nothing that counts.
 */
import { compareEntries, type FoldedHistory } from './fold-history.ts';
import { sizeOf, type HistoryEntry } from './history-entry.ts';

/** How large a history may be. */
export interface HistoryLimits {
  readonly entries: number;
  /** Bytes of all entries together, nearly. */
  readonly bytes: number;
}

/** How much an entry counts for the state of its group: of what is too much, the least goes. */
const WORTH = { expired: 0, idle: 1, pending: 2, applied: 3, reset: 4 } as const;

/**
 * The entries that are kept. As long as a history is within its limits, all are, so that it does not matter in which order
 * they come. Of more, what a later `reset` or bulletin made void goes first, then what had no effect, then what waits; of
 * these, that of the author who has most of them, the oldest first.
 */
export function retainHistory(
  entries: readonly HistoryEntry[],
  folded: Pick<FoldedHistory, 'verdicts' | 'reset' | 'effective'> | undefined,
  limits: HistoryLimits,
): readonly HistoryEntry[] {
  let bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (entries.length <= limits.entries && bytes <= limits.bytes) return entries;
  const kept = new Set(entries);
  const classes = new Map<number, Map<string, HistoryEntry[]>>();
  for (const entry of [...entries].sort(compareEntries)) {
    const worth = worthOf(entry.id, folded);
    const byAuthor = classes.get(worth) ?? new Map<string, HistoryEntry[]>();
    classes.set(worth, byAuthor);
    const own = byAuthor.get(entry.author.entityKey) ?? [];
    byAuthor.set(entry.author.entityKey, own);
    own.push(entry);
  }
  for (const [, byAuthor] of [...classes].sort(([one], [other]) => one - other)) {
    while (kept.size > limits.entries || bytes > limits.bytes) {
      const oldest = takeOldestOfMost(byAuthor);
      if (oldest === undefined) break;
      kept.delete(oldest);
      bytes -= sizeOf(oldest);
    }
  }
  return entries.filter((entry) => kept.has(entry));
}

function worthOf(id: string, folded: Pick<FoldedHistory, 'verdicts' | 'reset' | 'effective'> | undefined): number {
  if (folded === undefined) return WORTH.idle;
  if (id === folded.reset?.id) return WORTH.reset;
  const verdict = folded.verdicts.get(id);
  if (folded.effective.has(id)) return verdict === 'pending' ? WORTH.pending : WORTH.applied;
  return verdict === 'expired' ? WORTH.expired : WORTH.idle;
}

function takeOldestOfMost(byAuthor: ReadonlyMap<string, HistoryEntry[]>): HistoryEntry | undefined {
  let most: HistoryEntry[] | undefined;
  for (const own of byAuthor.values()) if (most === undefined || own.length > most.length) most = own;
  return most?.shift();
}
