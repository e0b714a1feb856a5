/** Messages in the order of their conversation: by time, and by key where two have one time. */
import type { MessageView } from '../protocol/views.ts';

export type Place = Pick<MessageView, 'key' | 'time'>;

/** Below zero where `one` is the older. */
export function comparePlaces(one: Place, other: Place): number {
  if (one.time !== other.time) return one.time - other.time;
  if (one.key === other.key) return 0;
  return one.key < other.key ? -1 : 1;
}

/** The messages with those that came, each once, the newer view of each: the oldest first. */
export function merged(messages: readonly MessageView[], came: readonly MessageView[]): readonly MessageView[] {
  const [first] = came;
  const end = came.at(-1);
  if (first === undefined || end === undefined) return messages;
  // A page at one of the ends, as most are, needs no sorting.
  const [oldest] = messages;
  const newest = messages.at(-1);
  if (isSorted(came)) {
    if (oldest === undefined || comparePlaces(end, oldest) < 0) return [...came, ...messages];
    if (newest !== undefined && comparePlaces(first, newest) > 0) return [...messages, ...came];
  }
  const byKey = new Map([...messages, ...came].map((message) => [message.key, message]));
  return [...byKey.values()].sort(comparePlaces);
}

function isSorted(messages: readonly MessageView[]): boolean {
  return messages.every((message, index) => {
    const before = messages[index - 1];
    return before === undefined || comparePlaces(before, message) < 0;
  });
}
