/** JSON that is none: where it breaks off. What stands there is not told: it may be what people wrote. */

/** More is not looked at. */
const MAX_LENGTH = 32 * 1024 * 1024;

/** What is wrong with a text that begins as JSON, in one sentence; undefined where that is sound, or begins otherwise. */
export function damageOf(text: string): string | undefined {
  if (!/^[{["]/.test(text) || text.length > MAX_LENGTH) return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `${whatItWas(text)}, and ${whereOf(String(error), text)}.`;
  }
}

function whatItWas(text: string): string {
  const isMessage = text.includes('"sender"') || text.includes('"signature"');
  return isMessage ? 'This was a message in JSON' : 'This begins as JSON';
}

/** Engines say the place in words of their own, or not at all. */
function whereOf(reason: string, text: string): string {
  const [, position] = /at position (\d{1,10})/.exec(reason) ?? [];
  const at = position === undefined ? undefined : Number(position);
  if (/end of JSON input|Unterminated string/.test(reason) || (at !== undefined && at >= text.length))
    return `is cut off after ${text.length} characters: record it again, to its end`;
  const where = at === undefined ? '' : ` at ${placeOf(text, at)}`;
  return `is damaged${where}: what stands there is no JSON`;
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return line === 1 ? `character ${column}` : `character ${column} of line ${line}`;
}
