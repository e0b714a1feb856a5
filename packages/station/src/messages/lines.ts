/** The messages in a payload: each stands in a line. */

const BRACE = 0x7b;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;

/** What is shorter is for the transport. */
const MIN_LENGTH = 5;

/** More messages than any client puts into one payload. */
export const MAX_LINES = 1024;

/** The messages in a payload, {@link MAX_LINES} at most. */
export function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes[0] !== BRACE) return bytes.length < MIN_LENGTH ? [] : [bytes];
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length && lines.length < MAX_LINES;) {
    const found = bytes.indexOf(NEW_LINE, start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, bytes[end - 1] === RETURN ? end - 1 : end);
    if (line.length >= MIN_LENGTH) lines.push(line);
    start = end + 1;
  }
  return lines;
}
