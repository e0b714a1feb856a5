/** Messages as rows: what happened in the group before one, which one begins a day, which one begins what somebody wrote at a stretch, and where the unread ones begin. */
import type { HistoryView, MessageView } from '../../protocol/views.ts';
import { NO_CHANGES, type PlacedChanges } from './place-changes.ts';
import { dayOf } from './times.ts';

export interface Row {
  readonly message: MessageView;
  /** The message above it, as it was when this was made. */
  readonly previous: MessageView | undefined;
  /** The first of its day. */
  readonly beginsDay: boolean;
  /** The first of a stretch: it has the name above it. */
  readonly beginsStretch: boolean;
  readonly beginsUnread: boolean;
  /** What happened in the group between the message above and this one. */
  readonly changes: readonly HistoryView[];
  /** What happened after it, of the last one. */
  readonly changesAfter: readonly HistoryView[];
}

/** What one wrote within so many seconds stands together. */
const STRETCH = 5 * 60;

/**
 * The rows of messages, the oldest first.
 * @param before the rows that were shown: those that are the same stay the same objects, so that nothing draws them again
 */
export function rowsOf(
  messages: readonly MessageView[],
  firstUnread: string | undefined,
  before: readonly Row[] = [],
  placed: PlacedChanges = { before: new Map(), after: NO_CHANGES },
): readonly Row[] {
  const known = new Map(before.map((row) => [row.message, row]));
  return messages.map((message, index) => {
    const previous = messages[index - 1];
    const beginsUnread = message.key === firstUnread;
    const shown = known.get(message);
    const changes = placed.before.get(message.key) ?? NO_CHANGES;
    const changesAfter = index === messages.length - 1 ? placed.after : NO_CHANGES;
    const about = { beginsUnread, changes, changesAfter };
    if (shown !== undefined && shown.previous === previous && isSameAbout(shown, about)) return shown;
    const row = rowAfter(previous, message, about);
    // The one before may be another, and this one look the same.
    return shown !== undefined && isSame(shown, row) ? shown : row;
  });
}

type About = Pick<Row, 'beginsUnread' | 'changes' | 'changesAfter'>;

function rowAfter(previous: MessageView | undefined, message: MessageView, about: About): Row {
  const beginsDay = previous === undefined || dayOf(previous.time) !== dayOf(message.time);
  const isStretch =
    previous !== undefined &&
    previous.sender.id === message.sender.id &&
    previous.isOwn === message.isOwn &&
    message.time - previous.time < STRETCH;
  const beginsStretch = beginsDay || about.beginsUnread || about.changes.length > 0 || !isStretch;
  return { message, previous, beginsDay, beginsStretch, ...about };
}

function isSame(one: Row, other: Row): boolean {
  return one.beginsDay === other.beginsDay && one.beginsStretch === other.beginsStretch && isSameAbout(one, other);
}

function isSameAbout(one: About, other: About): boolean {
  return (
    one.beginsUnread === other.beginsUnread &&
    isSameList(one.changes, other.changes) &&
    isSameList(one.changesAfter, other.changesAfter)
  );
}

function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one === other || (one.length === other.length && one.every((item, index) => item === other[index]));
}

/** The first of so many unread messages: own ones do not count. Undefined where they are not all here. */
export function firstUnreadOf(messages: readonly MessageView[], unread: number): string | undefined {
  let left = unread;
  for (let index = messages.length - 1; index >= 0 && left > 0; index--) {
    const message = messages[index];
    if (message === undefined || message.isOwn) continue;
    left--;
    if (left === 0) return message.key;
  }
  return undefined;
}
