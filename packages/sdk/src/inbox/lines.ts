/** The messages of a payload: one, or several in lines. */

const LINE_BREAK = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The lines of a payload that have something in them. Those of a JSON text are messages, as nothing breaks lines inside. */
export function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_BREAK, start);
    const end = found === -1 ? bytes.length : found;
    const hasReturn = end > start && bytes[end - 1] === CARRIAGE_RETURN;
    const line = bytes.subarray(start, hasReturn ? end - 1 : end);
    if (line.length > 0) lines.push(line);
    start = end + 1;
  }
  return lines;
}
