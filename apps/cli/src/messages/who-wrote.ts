/** Who wrote a message, and in which group. */
import type { Message } from './message-facts.ts';
import type { Names } from './names.ts';

/** For people: `Bob`, `me to Bob`, `#"Friends" (1bfcd492), Bob`. */
export async function whoWrote(
  names: Names,
  { sender, conversation, isOwn }: Pick<Message, 'sender' | 'conversation' | 'isOwn'>,
): Promise<string> {
  const { text } = await names.of(conversation);
  if (conversation.isGroup) return `${text}, ${(await names.of(sender)).text}`;
  return isOwn ? `me to ${text}` : text;
}
