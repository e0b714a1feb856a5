/** What happened in a group, at its place among the messages. */
import type { HistoryView, MessageView } from '../../protocol/views.ts';

export interface PlacedChanges {
  /** By the key of the message that stands below them; the oldest first. */
  readonly before: ReadonlyMap<string, readonly HistoryView[]>;
  /** Below all messages. */
  readonly after: readonly HistoryView[];
}

export const NO_CHANGES: readonly HistoryView[] = [];

/**
 * Where each stands. What lies outside of the messages that are here comes with those that it lies between.
 * @param messages the oldest first, as `changes`
 */
export function placeChanges(
  messages: readonly MessageView[],
  changes: readonly HistoryView[],
  { hasOlder, hasNewer }: { readonly hasOlder: boolean; readonly hasNewer: boolean },
): PlacedChanges {
  const before = new Map<string, HistoryView[]>();
  const after: HistoryView[] = [];
  let at = 0;
  for (const change of changes) {
    while (at < messages.length && (messages[at]?.time ?? 0) < change.time) at++;
    const below = messages[at];
    if (below === undefined) {
      if (!hasNewer) after.push(change);
    } else if (at > 0 || !hasOlder) {
      const placed = before.get(below.key);
      if (placed === undefined) before.set(below.key, [change]);
      else placed.push(change);
    }
  }
  return { before, after };
}
