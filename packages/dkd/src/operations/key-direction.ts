/** Which message key belongs to a message that brings none: the last one of its direction. */
import type { ID } from 'mkm';
import type { Envelope } from '../messages/envelope.ts';

/** The direction of a message: its key is remembered, and reused, for this pair. */
export interface KeyDirection {
  readonly sender: ID;
  /** The receiver, or the group. */
  readonly destination: ID;
}

/**
 * The direction of a message.
 *
 * | receiver | group | destination |
 * |---|---|---|
 * | any | none | the receiver |
 * | any | broadcast | the group |
 * | broadcast | ordinary | the receiver |
 * | ordinary | ordinary | the group |
 */
export function keyDirection(envelope: Pick<Envelope, 'sender' | 'receiver' | 'group'>): KeyDirection {
  const { sender, receiver, group } = envelope;
  const toGroup = group !== undefined && (group.isBroadcast || !receiver.isBroadcast);
  return { sender, destination: toGroup ? group : receiver };
}
