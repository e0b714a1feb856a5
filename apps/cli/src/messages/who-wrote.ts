/** Who wrote a message, and in which group. */
import type { ID } from 'dimp';
import { nameOf } from '../home/known-identity.ts';
import { printable } from '../text/printable.ts';
import { whoIs } from './who-is.ts';
import type { Message } from './message-facts.ts';
import type { OpenClient } from './open-client.ts';

/** For people: the writer, and the group where there is one. */
export async function whoWrote(
  { client, store }: Pick<OpenClient, 'client' | 'store'>,
  { sender, conversation, isOwn }: Pick<Message, 'sender' | 'conversation' | 'isOwn'>,
): Promise<{ readonly first: string; readonly second: string | undefined }> {
  const known = async (id: ID): Promise<string> => whoIs(store, id, client.contact(id).alias);
  if (conversation.isGroup)
    return {
      first: isOwn ? 'you' : await known(sender),
      second: printable((await nameOf(store, conversation)) ?? conversation.toString()),
    };
  return isOwn
    ? { first: `you to ${await known(conversation)}`, second: undefined }
    : { first: await known(sender), second: undefined };
}
