/** The order of outcomes. */
import type { Content } from 'dimp';
import type { Outcome, Unread } from './read-messages.ts';

/** Outcomes in the order of the network; those that waited stand before the first of their sender. */
export function inOrderOf<C extends Content>(
  unread: readonly Unread[],
  outcomes: readonly Outcome<C>[],
): readonly Outcome<C>[] {
  const places = new Map(unread.map((one, index) => [one, index]));
  const firstOf = new Map<string, number>();
  for (const [one, place] of places) {
    const { entityKey } = one.message.sender;
    if (!firstOf.has(entityKey)) firstOf.set(entityKey, place);
  }
  const placeOf = (one: Unread): number => places.get(one) ?? (firstOf.get(one.message.sender.entityKey) ?? 0) - 0.5;
  return [...outcomes].sort((one, other) => placeOf(one.unread) - placeOf(other.unread));
}
