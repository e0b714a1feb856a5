/** Receipts of the station, with the words that clients compare. */
import type { Content, JsonMap, JsonValue, ReliableMessage } from 'dimp';
import { changeFields } from 'dimp/extend';

/** Which message a receipt is for: all of the envelope, and what others wrote into it. */
function originOf(message: ReliableMessage, content?: Content): JsonMap {
  const none = Object.fromEntries(['data', 'keys', 'key', 'meta', 'visa'].map((name) => [name, undefined]));
  const sn = content?.fields['sn'];
  return changeFields(message.fields, { ...none, ...(sn !== undefined && { sn }) });
}

/** The fields of a receipt for a message that the station passed on, and did not read. */
export function deliveryReceipt(text: string, message: ReliableMessage, more: JsonMap = {}): JsonMap {
  return { command: 'receipt', text, origin: originOf(message), ...more };
}

/** The fields of a receipt that answers a content. */
export function answerReceipt(
  text: string,
  request: { readonly message: ReliableMessage; readonly content: Content },
  template?: string,
  replacements: { readonly [name: string]: JsonValue } = {},
): JsonMap {
  const { message, content } = request;
  return {
    command: 'receipt',
    text,
    ...(content.group !== undefined && { group: content.group.toString() }),
    origin: originOf(message, content),
    ...(template !== undefined && { template, replacements }),
  };
}
