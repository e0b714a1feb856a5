/** All that was found in a file, for people. */
import type { CommandContext } from '../command/command-context.ts';
import { styleFor } from '../text/style.ts';
import type { Explained } from './explained.ts';
import { explanationText } from './explanation-text.ts';
import { MAX_COUNTED, type FoundPackages } from './find-packages.ts';
import type { Wrapping } from './unwrap.ts';

const WRAPPED: Readonly<Record<Wrapping, string>> = {
  mtp: 'in the framing of TCP connections',
  list: 'in a list',
  lines: 'one a line',
  capture: 'in a recorded session',
  quotes: 'in quotes',
  base64: 'in base64',
  'byte-order-mark': 'behind a byte order mark, which no client takes in a message',
  'utf-16': 'in UTF-16, where clients write UTF-8',
};

/** What they were in, what each is, and how to see the rest. */
export function foundText(
  { stdout: output, environment }: Pick<CommandContext, 'stdout' | 'environment'>,
  found: FoundPackages,
  all: readonly Explained[],
): string {
  const style = styleFor({ output, environment });
  const parts = all.map(
    ({ explanation, otherwise }) => otherwise ?? explanationText(explanation, output.columns, style),
  );
  if (all.length === 0) parts.push(nothingText(found));
  const broken = found.fault === undefined ? [] : [`What follows is broken: ${found.fault.reason}.`];
  return [...headOf(found), ...parts, ...broken, ...moreText(found, all.length)].join('\n\n');
}

function headOf({ wrappings, packages, skipped, more }: FoundPackages): readonly string[] {
  const wrapped = wrappings.map((wrapping) => WRAPPED[wrapping]).join(', ');
  const count = skipped + packages.length + more;
  if (wrapped === '' || count === 0) return [];
  const many = more === MAX_COUNTED ? `At least ${count} were` : `${count} were`;
  return [`${count === 1 ? 'It was' : many} ${wrapped}.`];
}

function nothingText({ skipped }: FoundPackages): string {
  if (skipped === 0) return 'There is no message in it.';
  return `There is no message behind the ${skipped === 1 ? 'first, which is the only one' : `first ${skipped}, which are all`}.`;
}

function moreText({ skipped, more }: FoundPackages, shown: number): readonly string[] {
  if (more === 0) return [];
  const least = more === MAX_COUNTED ? 'At least ' : '';
  return [
    `${least}${more} more ${more === 1 ? 'is' : 'are'} not explained: --skip ${skipped + shown} shows the next ones.`,
  ];
}
