/** Whether there is room for a message: one place for all engines, so that each takes the same. */
import type { MailboxLimits } from '../ports/mailbox.ts';

/** How much waits: for a user, or of one sender for a user. */
export interface Held {
  readonly messages: number;
  readonly bytes: number;
}

/** @param user what waits for the user @param sender what of that is of the sender */
export function hasRoom(
  bytes: number,
  user: Held,
  sender: Held,
  { messages: mostMessages, bytes: mostBytes, senderShare = Infinity }: MailboxLimits,
): boolean {
  const free = { messages: mostMessages - user.messages, bytes: mostBytes - user.bytes };
  if (free.messages < 1 || free.bytes < bytes) return false;
  // Of no bytes, no share is too much.
  return (
    sender.messages + 1 <= senderShare * free.messages &&
    (bytes === 0 || sender.bytes + bytes <= senderShare * free.bytes)
  );
}
