/** Reads what was given to a command, and makes its help. */
import { Command as Parser, CommanderError, Option } from 'commander';
import type { Command, Flag, Options, Valued, Values, Words } from './command.ts';
import { nameAmong, quoted } from './names.ts';
import { ofOption, UsageError } from './usage-error.ts';

/** What was given: options and words, or the wish for help. */
export type Given<O extends Options, W extends string> =
  | { readonly help: string }
  | { readonly values: Values<O>; readonly words: readonly W[] };

/** Columns of the help, in any terminal. */
const HELP_WIDTH = 110;

/**
 * Reads the arguments of a command.
 * @throws UsageError in one line: which option, what is wrong, what would be right
 */
export function parseCommand<O extends Options, W extends string>(
  command: Command<O, W>,
  args: readonly string[],
): Given<O, W> {
  let help = '';
  const parser = parserOf(command, (text) => (help += text));
  try {
    parser.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help };
    throw new UsageError(oneLine(error.message.replace(/^error: /, '')));
  }
  const given = parser.opts<Record<string, readonly string[] | boolean | undefined>>();
  const entries = Object.entries(command.options).map(([name, option]) => [
    name,
    valueOf(name, option, given[optionOf(name, option, command.options).attributeName()]),
  ]);
  const values = Object.fromEntries(entries) as Values<O>;
  const words = wordsOf(command, parser.args);
  const fault = command.check?.(values);
  if (fault !== undefined) throw new UsageError(fault);
  return { values, words };
}

/** A message of several lines, or with controls in it, in one. */
export function oneLine(message: string): string {
  return message.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}

function parserOf<O extends Options, W extends string>(command: Command<O, W>, print: (text: string) => void): Parser {
  const { name, about, options, words } = command;
  const parser = new Parser(name)
    .description(about)
    .helpOption('-h, --help', 'shows this')
    // Words are read by what is said of them.
    .allowExcessArguments()
    .exitOverride()
    .configureHelp({ helpWidth: HELP_WIDTH })
    // What is wrong is told in one line, by whoever catches it.
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .addHelpText('after', moreHelpOf(command));
  for (const [option, definition] of Object.entries(options)) parser.addOption(optionOf(option, definition, options));
  return parser.usage(words === undefined ? '[options]' : `[options] ${words.what}...`);
}

function optionOf(name: string, option: Flag | Valued<unknown>, all: Options): Option {
  if (option.kind === 'flag') return new Option(option.isOn ? `--no-${name}` : `--${name}`, option.about);
  const about = option.or === undefined ? option.about : `${option.about} (default: ${option.or})`;
  // What is given is read when all is known to be there; until then, it is collected.
  return new Option(`--${name} <${option.takes}>`, about).argParser<readonly string[] | undefined>((text, before) => {
    if (isOption(text, all)) throw new UsageError(`option '--${name} <${option.takes}>' argument missing`);
    return [...(before ?? []), text];
  });
}

/** Whether the value of an option was left out, and the next option stands in its place. */
function isOption(text: string, all: Options): boolean {
  return (
    text === '-h' ||
    text === '--help' ||
    Object.keys(all).some((name) => text === `--${name}` || text === `--no-${name}`)
  );
}

function valueOf(
  name: string,
  option: Flag | Valued<unknown>,
  given: readonly string[] | boolean | undefined,
): unknown {
  if (option.kind === 'flag') return given ?? option.isOn;
  return Array.isArray(given) ? ofOption(name, () => option.read(given as readonly string[])) : option.fallback;
}

function wordsOf<W extends string>({ words }: { readonly words?: Words<W> }, given: readonly string[]): readonly W[] {
  const [first] = given;
  if (words === undefined) {
    if (first === undefined) return [];
    throw new UsageError(`${quoted(first)} is no option, and nothing but options can be given`);
  }
  const names = Object.keys(words.choices) as W[];
  if (first === undefined) throw new UsageError(`name one ${words.what} or more: ${names.join(', ')}`);
  return given.map((name) => nameAmong(name, names, words.what));
}

function moreHelpOf({ name, words, examples }: Pick<Command<Options, string>, 'name' | 'words' | 'examples'>): string {
  const lines = examples.map(([line, about]) => [`${name} ${line}`.trim(), about] as const);
  return [
    ...(words === undefined ? [] : [`\nEach ${words.what}:`, ...columns(Object.entries(words.choices))]),
    '\nExamples:',
    ...columns(lines),
    '\nEnds with 0 when nothing failed, 1 when something did, 2 when it cannot run what was given.',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
