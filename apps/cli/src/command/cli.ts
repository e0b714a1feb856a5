/** What the declarations of commands are made with. */
import type { Command, Option, OptionValues } from '@commander-js/extra-typings';
import type { CommandContext } from './command-context.ts';
import { runCall, type Run } from './run-call.ts';

/** Any command: to add others to. */
export type AnyCommand = Command<unknown[], OptionValues, OptionValues>;

/** A line without `dim `, and what it does. */
export type Example = readonly [line: string, about: string];

/** The program while it is put together, and its exit code when it has run. */
export class Cli {
  readonly context: CommandContext;
  readonly program: AnyCommand;
  exitCode = 0;
  /** Of each command. */
  readonly examples = new Map<unknown, readonly Example[]>();

  readonly #isWhole: boolean;

  /** @param isWhole whether all commands are wanted, whatever the line says */
  constructor(context: CommandContext, program: unknown, isWhole: boolean) {
    this.context = context;
    this.#isWhole = isWhole;
    this.program = program as AnyCommand;
  }

  /** Adds a command that has commands. They are made where the line has its name: most lines have one, and each takes its time. */
  group(name: string, about: string, addCommands: (group: AnyCommand) => void): void {
    const group = this.program.command(name).description(about).helpOption('-h, --help', 'prints this');
    if (this.#isWhole || this.context.arguments.includes(name)) addCommands(group);
  }

  /** Adds a command to a group, or to the program. */
  command<const Name extends string>(
    group: AnyCommand | undefined,
    name: Name,
    about: string,
    examples: readonly Example[],
  ) {
    const command = (group ?? this.program)
      .command(name)
      .description(about)
      .helpOption('-h, --help', 'prints this')
      .addHelpText('after', examplesText(examples));
    this.examples.set(command, examples);
    return command;
  }

  /** Runs what a command does, with the options that each command takes. */
  async run(run: Run): Promise<void> {
    this.exitCode = await runCall(this.context, this.program.opts(), run);
  }
}

function examplesText(examples: readonly Example[]): string {
  const lines = examples.map(([line, about]) => `  $ ${wholeLine(line)}\n      ${about}\n`);
  return `\nExamples:\n${lines.join('')}`;
}

/** An example as it is typed: one that begins with another program says `dim` itself. */
export function wholeLine(line: string): string {
  return line.includes('| dim ') ? line : `dim ${line}`;
}

/** What an option is, with what holds where it is not given. */
export function optionAbout({ description, defaultValue }: Pick<Option, 'description' | 'defaultValue'>): string {
  return typeof defaultValue === 'string' ? `${description} (default: ${defaultValue})` : description;
}
