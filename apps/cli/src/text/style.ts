/** Colors, where the reader sees them and wants them. */
import { styleText } from 'node:util';
import type { CommandContext, Output } from '../command/command-context.ts';

type Format = Parameters<typeof styleText>[0];

/** Puts a style on a text for an output: nothing for files, pipes, and whoever has set `NO_COLOR`. */
export function styleFor(
  output: Output,
  { environment }: Pick<CommandContext, 'environment'>,
): (format: Format, text: string) => string {
  const isWanted = output.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  return (format, text) => (isWanted ? styleText(format, text, { validateStream: false }) : text);
}
