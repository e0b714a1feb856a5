/** Public keys that were read before: peers show the same ones again and again, and each takes longer to read than to use. */
import { BoundedCache } from 'mkm/internal';

const MAX_KEYS = 1000;
/** Longer texts are read anew each time, so that what is remembered stays small. */
const MAX_TEXT_LENGTH = 4096;

/** A function that reads a text of a public key, and gives what it read before for a text that it knows. */
export function remembered<T extends object>(read: (text: string) => T): (text: string) => T {
  const known = new BoundedCache<string, T>(MAX_KEYS);
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined) return kept;
    const value = read(text);
    if (text.length <= MAX_TEXT_LENGTH) known.set(text, value);
    return value;
  };
}
