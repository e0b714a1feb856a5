/** Whether there is room for a message: one place for all engines, so that each takes the same. */
import type { MailboxLimits } from '../ports/mailbox.ts';

/** How much waits. */
export interface Held {
  readonly messages: number;
  readonly bytes: number;
}

export const NOTHING: Held = Object.freeze({ messages: 0, bytes: 0 });

/** What waits. */
export interface HeldFor {
  /** For all users, and of that what is of the sender, and what is for all who have never been here. */
  readonly all: { readonly all: Held; readonly sender: Held; readonly toStrangers: Held };
  /** For the user, and of that what is of the sender, and of all strangers together. */
  readonly user: Held;
  readonly sender: Held;
  readonly strangers: Held;
}

/** A message, as far as room is concerned. */
export interface Weight {
  readonly bytes: number;
  readonly isFromStranger: boolean;
  readonly isToStranger: boolean;
}

export function hasRoom(weight: Weight, held: HeldFor, limits: MailboxLimits): boolean {
  return hasRoomInAll(weight, held, limits) && hasRoomForUser(weight, held, limits);
}

function hasRoomInAll({ bytes, isToStranger }: Weight, { all }: HeldFor, limits: MailboxLimits): boolean {
  const { totalBytes = Infinity, senderTotalBytes = Infinity, toStrangersBytes = Infinity } = limits;
  return (
    all.all.bytes + bytes <= totalBytes &&
    all.sender.bytes + bytes <= senderTotalBytes &&
    !(isToStranger && all.toStrangers.bytes + bytes > toStrangersBytes)
  );
}

function hasRoomForUser({ bytes, isFromStranger }: Weight, held: HeldFor, limits: MailboxLimits): boolean {
  const free = isFromStranger
    ? least(freeOf(limits, held.user), freeForStrangers(limits, held))
    : freeOf(limits, held.user);
  if (free.messages < 1 || free.bytes < bytes) return false;
  const { senderShare = Infinity } = limits;
  // Of no bytes, no share is too much.
  return (
    held.sender.messages + 1 <= senderShare * free.messages &&
    (bytes === 0 || held.sender.bytes + bytes <= senderShare * free.bytes)
  );
}

function freeForStrangers({ strangersPart = 1, ...limits }: MailboxLimits, { strangers }: HeldFor): Held {
  // A part of nothing, also of a mailbox without an end, is nothing.
  const of = (limit: number): number => (strangersPart === 0 ? 0 : strangersPart * limit);
  return freeOf({ messages: Math.ceil(of(limits.messages)), bytes: of(limits.bytes) }, strangers);
}

function freeOf(limits: Held, held: Held): Held {
  return { messages: limits.messages - held.messages, bytes: limits.bytes - held.bytes };
}

function least(one: Held, other: Held): Held {
  return { messages: Math.min(one.messages, other.messages), bytes: Math.min(one.bytes, other.bytes) };
}
