/** Receipts of the station, with the words that clients compare. */
import type { Content, JsonMap, JsonValue, ReliableMessage } from 'dimp';
import { changeFields } from 'dimp/extend';

/** A receipt tells of the message that it is for all of its envelope, and none of these. */
const NOT_OF_ENVELOPE = Object.fromEntries(
  ['data', 'keys', 'key', 'meta', 'visa'].map((name) => [name, undefined] as const),
);

function originOf(message: ReliableMessage, more: JsonMap, content?: Content): JsonMap {
  const sn = content?.fields['sn'];
  return changeFields(message.fields, { ...NOT_OF_ENVELOPE, ...(sn !== undefined && { sn }), ...more });
}

/**
 * The fields of a receipt for a message that the station passed on, and did not read.
 * @param envelope what the station wrote into the envelope
 */
export function deliveryReceipt(
  text: string,
  message: ReliableMessage,
  { envelope = {}, ...more }: { readonly envelope?: JsonMap; readonly [name: string]: JsonValue | undefined } = {},
): JsonMap {
  return changeFields({ command: 'receipt', text, origin: originOf(message, envelope) }, more);
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
    origin: originOf(message, {}, content),
    ...(template !== undefined && { template, replacements }),
  };
}
