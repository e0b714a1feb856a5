/** What a payload costs of those that a link may bring. */

const NEW_LINE = 0x0a;
/** A message of text has less. */
const BYTES_OF_ONE = 16 * 1024;

/** One for each line, which may be a message, and one for each so many bytes. */
export function costOf(bytes: Uint8Array): number {
  let cost = 1 + Math.floor(bytes.length / BYTES_OF_ONE);
  for (let at = bytes.indexOf(NEW_LINE); at !== -1; at = bytes.indexOf(NEW_LINE, at + 1)) cost += 1;
  return cost;
}
