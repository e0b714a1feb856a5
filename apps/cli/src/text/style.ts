/** Colors, where the reader sees them and wants them. */
import { styleText } from 'node:util';

/** Where styled text goes, and what its reader has said. */
export interface StyleTarget {
  readonly output: { readonly isTTY?: boolean | undefined };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Puts a style on a text: nothing for files, pipes, and whoever has set `NO_COLOR`. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** The style for a target. */
export function styleFor({ output, environment }: StyleTarget): Style {
  const isWanted = output.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  return (format, text) => (isWanted ? styleText(format, text, { validateStream: false }) : text);
}
