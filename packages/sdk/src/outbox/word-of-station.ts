/** What a station says of a message that it was given. Clients and stations of the network compare these texts. */
import { DimError, type ID, type MessageContext, type ReceiptCommand } from 'dimp';
import { fieldOf, isJsonMap } from 'dimp/extend';

/** It has the message, or gave it on. */
const STORED: ReadonlySet<string> = new Set([
  'Message delivered.',
  'Message cached.',
  'Message redirected.',
  'Message redirected via station bridge.',
  'Message received.',
  'Message forwarded.',
]);

/** It takes the message at no time. */
const REFUSED: ReadonlySet<string> = new Set(['Signature not valid.', 'Sender not accepted.', 'Message not accepted.']);

/** It was asked for a meta, or for documents, and has none. */
const UNKNOWN: ReadonlySet<string> = new Set(['Meta not found.', 'Document not found.']);

/** Of whom a station says that it knows nothing; undefined where it says something else. */
export function unknownToStation(
  { ID: ids }: Pick<MessageContext, 'ID'>,
  { text, fields }: ReceiptCommand,
): ID | undefined {
  if (!UNKNOWN.has(text)) return undefined;
  const replacements = fieldOf(fields, 'replacements');
  return isJsonMap(replacements) ? ids.tryParse(fieldOf(replacements, 'did')) : undefined;
}

/** @returns `stored`, the reason why it has not taken the message, or undefined for what says neither */
export function wordOfStation(text: string): 'stored' | DimError | undefined {
  if (STORED.has(text)) return 'stored';
  if (text === 'Mailbox full.')
    return new DimError('DELIVERY_FULL', 'as much waits for the receiver as the station keeps: try again later');
  if (REFUSED.has(text)) return new DimError('DELIVERY_REFUSED', `the station did not take it, and said: ${text}`);
  return undefined;
}
