/** Messages as the chat shows them, without a client. */
import { TextContent } from 'dimp';
import type { DeliveryState } from 'dimsdk';
import { dim } from '../../src/home/dim.ts';
import type { Name } from '../../src/messages/names.ts';
import { sayingOf } from '../../src/chat/saying.ts';
import type { ShownMessage } from '../../src/chat/view.ts';

const BOB = dim.ID.parse('0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b');
let count = 0;

/** A message of Bob, or of this person where it has a state. */
export function shown(
  text: string,
  { state, time = 1_700_000_000 }: { state?: DeliveryState; time?: number } = {},
): ShownMessage {
  const isOwn = state !== undefined;
  const content = TextContent.create(text);
  const key = `message ${++count}`;
  const sender: Name = { id: BOB, text: isOwn ? 'me' : 'Bob', isOwn };
  return {
    stored: {
      key,
      conversation: BOB,
      sender: BOB,
      content,
      time,
      receivedAt: time,
      isOwn,
      wasEncrypted: true,
      delivery: isOwn ? key : undefined,
    },
    sender,
    conversation: { id: BOB, text: 'Bob', isOwn: false },
    says: sayingOf(content),
    number: undefined,
    state,
  };
}
