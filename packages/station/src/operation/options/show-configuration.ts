/** The options as people read them: with their values, and as a table for the documentation. */
import { printable } from 'dimp/internal';
import type { Configuration } from './configure.ts';
import { comesFrom, definitionOf, flagOf, OPTION_NAMES, variableOf, type OptionName } from './options.ts';

const HIDDEN = '(hidden)';
const NOTHING = '(none)';

/** A value, and where it came from. */
export interface ShownOption {
  readonly name: OptionName;
  readonly value: string;
  readonly origin: string;
}

/** All values. Those that nobody should see are hidden. */
export function shownConfiguration({ settings, origins }: Configuration): readonly ShownOption[] {
  return OPTION_NAMES.map((name) => ({
    name,
    value: printable(valueText(name, settings[name])),
    origin: printable(origins[name]),
  }));
}

function valueText(name: OptionName, value: unknown): string {
  const { kind, isSecret = false } = definitionOf(name);
  if (value === undefined) return NOTHING;
  if (isSecret) return HIDDEN;
  const text = kind.show(value);
  return text === '' ? NOTHING : text;
}

/** The options as a table of Markdown. */
export function optionsTable(): string {
  const rows = OPTION_NAMES.map((name) => {
    const { kind, fallback, about, unit } = definitionOf(name);
    const given = fallback === undefined ? '' : kind.show(fallback);
    const flag = comesFrom(name, 'flag') ? `\`${flagOf(name)}\`` : '';
    return [
      flag === '' ? 'not as a flag, nor in a file' : flag,
      `\`${variableOf(name)}\``,
      given === '' ? '' : `\`${given}\``,
      unit ?? '',
      about,
      kind.allowed,
    ];
  });
  const lines = [
    ['flag', 'environment', 'default', 'counts', 'what it is for', 'what is allowed'],
    SEPARATORS,
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

const SEPARATORS = ['---', '---', '---', '---', '---', '---'];
