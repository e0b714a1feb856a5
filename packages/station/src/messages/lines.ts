/** The messages in a payload: each stands in a line. */
import { DimError } from 'dimp';

const NEW_LINE = 0x0a;
const RETURN = 0x0d;

/** What is shorter is for the transport. */
const MIN_LENGTH = 5;

/** More messages than any client puts into one payload. */
export const MAX_LINES = 256;

/**
 * The messages in a payload. A line break within a message ends it all the same: so it does for who reads what the station sends.
 *
 * @throws DimError `INPUT_LIMIT` for more than {@link MAX_LINES}
 */
export function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (!bytes.includes(NEW_LINE) && !bytes.includes(RETURN)) return bytes.length < MIN_LENGTH ? [] : [bytes];
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index <= bytes.length; index++) {
    const byte = bytes[index];
    if (byte !== NEW_LINE && byte !== RETURN && byte !== undefined) continue;
    if (index - start >= MIN_LENGTH) lines.push(bytes.subarray(start, index));
    if (lines.length > MAX_LINES) throw new DimError('INPUT_LIMIT', `has more than ${MAX_LINES} messages`);
    start = index + 1;
  }
  return lines;
}
