/** Messages as rows: which one begins a day, which one begins what somebody wrote at a stretch, and where the unread ones begin. */
import type { MessageView } from '../../protocol/views.ts';
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
): readonly Row[] {
  const known = new Map(before.map((row) => [row.message, row]));
  return messages.map((message, index) => {
    const previous = messages[index - 1];
    const beginsUnread = message.key === firstUnread;
    const shown = known.get(message);
    if (shown !== undefined && shown.previous === previous && shown.beginsUnread === beginsUnread) return shown;
    const row = rowAfter(previous, message, beginsUnread);
    // The one before may be another, and this one look the same.
    return shown !== undefined && isSame(shown, row) ? shown : row;
  });
}

function rowAfter(previous: MessageView | undefined, message: MessageView, beginsUnread: boolean): Row {
  const beginsDay = previous === undefined || dayOf(previous.time) !== dayOf(message.time);
  const isStretch =
    previous !== undefined &&
    previous.sender.id === message.sender.id &&
    previous.isOwn === message.isOwn &&
    message.time - previous.time < STRETCH;
  const beginsStretch = beginsDay || beginsUnread || !isStretch;
  return { message, previous, beginsDay, beginsStretch, beginsUnread };
}

function isSame(one: Row, other: Row): boolean {
  return (
    one.beginsDay === other.beginsDay &&
    one.beginsStretch === other.beginsStretch &&
    one.beginsUnread === other.beginsUnread
  );
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
