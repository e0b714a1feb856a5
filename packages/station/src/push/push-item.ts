/**
 * One notification, in the form that deployed services of push notifications have.
 *
 * `{ "receiver": ID, "aps": { "alert": { "title", "body" }, "badge": number } }`
 */
import { EntityType, type ID } from 'dimp';
import type { CachedMessage } from '../routing/deliveries.ts';
import { isSilent, nameIn, textsOf } from './push-texts.ts';

/** A notification for a phone. */
export interface PushItem {
  /** The user, at the terminal where it is for one. */
  readonly receiver: string;
  readonly aps: {
    readonly alert: { readonly title: string; readonly body: string };
    /** How many notifications this one is, since the user was here last. */
    readonly badge: number;
  };
}

/** Messages that are older than this, in seconds, wake nobody any more. */
export const LATEST = 128;

/** The group of a message whose envelope says no more than that it is for one. */
const HIDDEN_GROUP = 'Hidden';

/** Whether somebody is to be told of a message. @param now in seconds since 1970 */
export function isToPush({ sender, receiver, group, type, time, isForGroup }: CachedMessage, now: number): boolean {
  if (isSilent(type) || now - time > LATEST || receiver.type !== EntityType.USER) return false;
  // Programs of a group, and one's own other devices, are no reason to wake anybody.
  const isOfBot = sender.type === EntityType.BOT && (isForGroup || group !== undefined);
  return !isOfBot && sender.type !== EntityType.STATION && !sender.equals(receiver);
}

/** The notification of a message. @param nameOf what to call somebody; undefined where that is not known */
export function pushItemOf(
  { sender, receiver, group, type, isForGroup }: CachedMessage,
  badge: number,
  nameOf: (id: ID) => string | undefined,
): PushItem {
  const called = (id: ID): string => nameOf(id) ?? nameIn(id);
  const hidden = isForGroup ? HIDDEN_GROUP : undefined;
  const names = { sender: called(sender), group: group === undefined ? hidden : called(group) };
  return { receiver: receiver.toString(), aps: { alert: textsOf(type, names), badge } };
}
