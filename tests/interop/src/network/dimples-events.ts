/** What the peer's client says that it was given. */
import type { ID, JsonMap } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { asText, text } from '../values.ts';

/** A content that the peer's client was given. */
export interface Seen {
  readonly sender: string;
  readonly content: JsonMap;
}

/** What an event says of it; undefined for one of something else. */
export function seenIn(event: JsonMap): Seen | undefined {
  const { content } = event;
  if (event['event'] !== 'content' || content === undefined || !isJsonMap(content)) return undefined;
  return { sender: text(event, 'sender'), content };
}

/** Whether somebody answered that there is nothing newer in the history of a group. */
export function isUpToDate(event: JsonMap, group: ID): boolean {
  const { text: words, replacements } = seenIn(event)?.content ?? {};
  const gid = replacements !== undefined && isJsonMap(replacements) ? replacements['gid'] : undefined;
  return words === 'Group history not updated.' && gid === String(group);
}

/** Whether it is a text. */
export function isText(content: JsonMap): boolean {
  return asText(content['type']) === '1';
}

/** What a receipt is about. */
export function originOf(receipt: JsonMap): JsonMap {
  const { origin } = receipt;
  return origin !== undefined && isJsonMap(origin) ? origin : receipt;
}
