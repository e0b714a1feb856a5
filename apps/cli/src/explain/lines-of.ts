/** Texts with one thing a line. */
import { parseJson } from 'dimp';
import { ifReadable } from 'dimp/internal';
import { dim } from '../home/dim.ts';

/** The lines with something in them, each made when it is asked for. */
export function* linesOf<T>(text: string, make: (line: string) => T): Generator<T, void> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end === -1 ? undefined : end).trim();
    if (line !== '') yield make(line);
    from = end === -1 ? text.length : end + 1;
  }
}

/**
 * Whether each line stands for itself, as clients put several messages into one payload, and as `jq -c` writes. JSON that was written
 * over several lines is one thing, and so is base64.
 */
export function areLines(text: string): boolean {
  const lines = linesOf(text, (line) => line);
  const first = lines.next().value ?? '';
  const second = lines.next().value ?? '';
  if (second === '') return false;
  // What follows whole JSON is another thing, even where it is damaged.
  if (isMap(first) && isMap(second)) return true;
  if (/^[{["]/.test(first)) return ifReadable(() => parseJson(first, dim.limits)) !== undefined;
  return isMessageInBase64(first) && isMessageInBase64(second);
}

function isMap(line: string): boolean {
  return line.startsWith('{') && line.endsWith('}');
}

/** `{"`, or the beginning of the framing, in base64: what goes on in another line seldom begins like that. */
function isMessageInBase64(line: string): boolean {
  return line.startsWith('eyJ') || line.startsWith('RElN');
}
