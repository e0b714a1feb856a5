/** Text in one line. */
import { printable } from './printable.ts';

const MAX_LENGTH = 500;

/** Without line ends and what moves a cursor. */
export function oneLine(text: string): string {
  return printable(text.replaceAll('\n', ' '), MAX_LENGTH);
}
