/** Content types: what a content is, as a string of decimal digits. */
import { DimError } from 'mkm';
import { checkArguments, readTypeCode, within } from 'mkm/extend';

/** A type code as it is written: 0 to 2^32 - 1 in decimal digits. */
export type TypeCode = `${bigint}`;

/** The content types of the protocol. Others occur. */
export const ContentType = {
  ANY: '0',
  TEXT: '1',
  FILE: '16',
  IMAGE: '18',
  AUDIO: '20',
  VIDEO: '22',
  PAGE: '32',
  NAME_CARD: '51',
  QUOTE: '55',
  MONEY: '64',
  TRANSFER: '65',
  COMMAND: '136',
  HISTORY: '137',
  APPLICATION: '160',
  ARRAY: '202',
  CUSTOMIZED: '204',
  COMBINE_FORWARD: '207',
  FORWARD: '255',
} as const;

/** Words that some senders write in place of a code. */
const CONTENT_TYPE_WORDS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  .../* @__PURE__ */ Object.entries(ContentType).map(([name, code]): [string, string] => [name.toLowerCase(), code]),
  ['card', ContentType.NAME_CARD],
  ['namecard', ContentType.NAME_CARD],
]);

/**
 * Reads a content type in any of its spellings: digits, a number, a word.
 * @returns the code in decimal digits
 * @throws DimError `INPUT_TYPE`, `INPUT_FORMAT` or `INPUT_RANGE`
 */
export function readContentType(value: unknown): string {
  return readTypeCode(value, CONTENT_TYPE_WORDS);
}

/**
 * A type code that a caller gives, for what is written with it: digits and nothing else.
 * @throws DimError `USAGE_ARGUMENT` at `type`
 */
export function requireTypeCode(type: string): TypeCode {
  // What a reader takes for another spelling of a code is none that a writer may use.
  const isCode = typeof type === 'string' && checkArguments(() => within('type', () => readContentType(type))) === type;
  if (!isCode) throw new DimError('USAGE_ARGUMENT', 'must be a type code in decimal digits', { path: 'type' });
  return type as TypeCode;
}
