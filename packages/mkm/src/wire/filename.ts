/** Names of files: what a receiver may write to a disk, of any platform, without opening or showing something else. */
import { DimError } from '../errors/dim-error.ts';
import { encodeUtf8 } from './utf8.ts';

/** What file systems allow. */
const MAX_BYTES = 255;

/**
 * What a name cannot have: separators, what Windows reserves (`:` opens a stream of the file), control characters, and
 * whatever is not seen or changes the order of what is seen. (Variation selectors choose how an emoji looks.)
 */
const FORBIDDEN =
  /[/\\:<>"|?*\u2800\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/u;

/** Names that open a device on Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s{0,255}(\.|$)/i;

/**
 * The base name of what a peer calls a file, when it is safe to write a file of this name.
 * @returns undefined for a name that is not; the content of the file may be sound all the same
 * @throws DimError `INPUT_FORMAT` for control characters, which no program writes
 */
export function safeFilename(text: string): string | undefined {
  if (/\p{Cc}/u.test(text)) throw new DimError('INPUT_FORMAT', 'must not have control characters');
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return isSafe(name) ? name : undefined;
}

/**
 * A name for a file to send.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function requireFilename(name: string): string {
  if (typeof name === 'string' && isSafe(name)) return name;
  throw new DimError('USAGE_ARGUMENT', 'must be a base name that every platform can write and show', {
    path: 'filename',
  });
}

function isSafe(name: string): boolean {
  // The length first: of most names in characters, which are fewer than bytes.
  if (name === '' || name.length > MAX_BYTES || FORBIDDEN.test(name) || encodeUtf8(name).length > MAX_BYTES)
    return false;
  // Windows drops blanks and dots at the end: `a.exe.` would be another file, and so would `..`.
  return name === name.trim() && !name.endsWith('.') && !DEVICE.test(name);
}
