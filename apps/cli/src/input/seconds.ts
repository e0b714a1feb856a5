/** Times that people give. */
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

const MAX_SECONDS = 86_400;

/** What `--timeout` says. @throws DimError `USAGE_ARGUMENT` */
export function secondsOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds > 0 && seconds <= MAX_SECONDS) return seconds;
  throw wrong(`--timeout must be a number of seconds up to ${MAX_SECONDS}, not ${printable(text)}`);
}
