/** Prints the reference of the commands, as it stands in docs/cli.md: `node dist/src/reference.js`. */
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { createProgram } from './program.ts';
import { optionAbout, wholeLine, type AnyCommand } from './command/cli.ts';

/** The reference, in Markdown. */
export function reference(): string {
  const { program, examples } = createProgram(
    {
      arguments: [],
      environment: {},
      folder: '.',
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      signal: new AbortController().signal,
    },
    { isWhole: true },
  );
  const sections = commandsOf(program, ['dim']).map(({ words, command }) => {
    const name = words.join(' ');
    const lines = [`### ${name}`, '', sentence(command.description()), '', '```', usageOf(command, name), '```'];
    const places = command.registeredArguments.filter(({ description }) => description !== '');
    const options = command.options.filter(({ hidden }) => !hidden);
    const rows = [
      ...places.map((place) => `| ${place.name()} | ${place.description.replaceAll('|', '\\|')} |`),
      ...options.map((option) => row(option)),
    ];
    if (rows.length > 0) lines.push('', `| ${options.length > 0 ? 'option' : 'argument'} | |`, '|---|---|', ...rows);
    const shown = examples.get(command) ?? [];
    if (shown.length > 0)
      lines.push('', '```sh', ...shown.map(([line, about]) => `${wholeLine(line)}   # ${about}`), '```');
    return lines.join('\n');
  });
  const globals = ['| option | |', '|---|---|', ...program.options.map((option) => row(option))].join('\n');
  return `Every command takes these:\n\n${globals}\n\n${sections.join('\n\n')}\n`;
}

interface Named {
  readonly words: readonly string[];
  readonly command: AnyCommand;
}

/** Those that do something, in the order of the help. */
function commandsOf(parent: AnyCommand, words: readonly string[]): readonly Named[] {
  return parent.commands.flatMap((command) => {
    const own = [...words, command.name()];
    return command.commands.length > 0 ? commandsOf(command, own) : [{ words: own, command: command }];
  });
}

function usageOf(command: AnyCommand, name: string): string {
  const places = command.registeredArguments.map((place) => {
    const text = `${place.name()}${place.variadic ? '...' : ''}`;
    return place.required ? `<${text}>` : `[${text}]`;
  });
  return [name, ...(command.options.length > 0 ? ['[options]'] : []), ...places].join(' ');
}

function row(option: AnyCommand['options'][number]): string {
  return `| \`${option.flags.replaceAll('|', '\\|')}\` | ${optionAbout(option).replaceAll('|', '\\|')} |`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

const [, main] = process.argv;
if (main !== undefined && import.meta.url === pathToFileURL(main).href) process.stdout.write(reference());
