/** Receipts of the station, with the words that clients compare. */
import type { Content, JsonMap, JsonValue, ReliableMessage } from 'dimp';
import { changeFields } from 'dimp/extend';

/** What a receipt tells of the envelope that it is for. Of other fields, a stranger chooses how many there are, and how long. */
const OF_ENVELOPE = ['sender', 'receiver', 'time', 'group', 'type', 'sn', 'signature', 'IV', 'SDT', 'GDT', 'GHT', 'GF'];
/** Characters of each. */
const LONGEST = 1024;

function originOf({ fields }: ReliableMessage, more: JsonMap, content?: Content): JsonMap {
  const told = OF_ENVELOPE.flatMap((name) => {
    const value = fields[name];
    const isShort = typeof value === 'string' ? value.length <= LONGEST : typeof value !== 'object';
    return value !== undefined && isShort ? [[name, value] as const] : [];
  });
  const sn = content?.fields['sn'];
  return changeFields(Object.fromEntries(told), { ...(sn !== undefined && { sn }), ...more });
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
