/** Whom and what a person has something to do with: others choose names for themselves and for their groups. */
import type { ID } from 'dimp';
import type { OpenClient } from './open-client.ts';

/** A contact, one's own group, or the group of a contact. A group of strangers is none, although one is a member of it. */
export async function isFamiliar({ client }: Pick<OpenClient, 'client'>, conversation: ID): Promise<boolean> {
  const { isAdded, alias } = client.contact(conversation);
  if (isAdded || alias !== undefined) return true;
  const state = conversation.isGroup ? await client.groups.state(conversation) : undefined;
  return state !== undefined && (client.self.equals(state.owner) || client.contact(state.owner).isAdded);
}
