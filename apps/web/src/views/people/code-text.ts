/** The code of two people, as digits in groups and as what a camera reads. */

const GROUPS = 12;
const DIGITS = 5;
const MARK = 'DIM-CODE:';

/** Twelve groups of five; undefined where it is no such code. */
export function groupsOf(code: string): readonly string[] | undefined {
  const digits = digitsIn(code);
  if (digits === undefined) return undefined;
  return Array.from({ length: GROUPS }, (_, at) => digits.slice(at * DIGITS, (at + 1) * DIGITS));
}

/** What the other side shows as a QR code. */
export function codeForCamera(code: string): string | undefined {
  const digits = digitsIn(code);
  return digits === undefined ? undefined : `${MARK}${digits}`;
}

/** Whether what a camera has read is the same code. A code that is none is never the same. */
export function compare(own: string, scanned: string): 'same' | 'differs' | 'no code' {
  const mine = digitsIn(own);
  const theirs = scanned.startsWith(MARK) ? digitsIn(scanned.slice(MARK.length)) : undefined;
  if (mine === undefined || theirs === undefined) return 'no code';
  return mine === theirs ? 'same' : 'differs';
}

function digitsIn(code: string): string | undefined {
  const digits = code.replaceAll(' ', '');
  return digits.length === GROUPS * DIGITS && /^\d{60}$/.test(digits) ? digits : undefined;
}
