/**
 * What tells a station over a WebSocket that a message arrived: `ACK:{"time":…,"signature":"…"}`, with both values letter by
 * letter as the message has them.
 *
 * Deployed clients take the first `signature` in the text, which is that of an attached visa where one stands before. Here it
 * is that of the message itself: of the outermost map of the JSON.
 */
import { DEFAULT_LIMITS } from 'dimp';
import { forEachMember } from './outer-members.ts';

/** The names of the values, and the short ones that a message may have in their place. */
const TIME: readonly string[] = ['"time"', '"W"'];
const SIGNATURE: readonly string[] = ['"signature"', '"V"'];

/** The longest time, as it is written. */
const LONGEST_TIME = 40;

/** The texts that acknowledge the messages of a payload: one for each line that is one. */
export function acknowledgementsOf(payload: string): readonly string[] {
  return payload.split('\n').flatMap((line) => acknowledgementOf(line) ?? []);
}

/** The text that acknowledges a message; undefined for what is none. */
export function acknowledgementOf(message: string): string | undefined {
  if (!/^[ \t\r]*\{/.test(message)) return undefined;
  let time: string | undefined;
  let signature: string | undefined;
  // Of a name that is there twice, the last one counts, as for all who read JSON.
  forEachMember(message, ({ name, start, end }) => {
    if (TIME.includes(name)) time = message.slice(start, end).trim();
    if (SIGNATURE.includes(name)) signature = message.slice(start, end).trim();
  });
  if (time === undefined || time.length > LONGEST_TIME || !/^"?[\d.]/.test(time) || parsed(time) === undefined)
    return undefined;
  if (signature === undefined || signature.length > DEFAULT_LIMITS.signatureLength) return undefined;
  const value = parsed(signature);
  return typeof value === 'string' && value !== '' ? `ACK:{"time":${time},"signature":${signature}}` : undefined;
}

/** A value as JSON; undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
