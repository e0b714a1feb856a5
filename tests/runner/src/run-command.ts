/** Runs a command of this repository in this process. */
import type { Command, Options, Values } from './command.ts';
import { oneLine, parseCommand } from './parse-command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads the arguments of this process, shows the help where it is asked for, and else runs the command. What it throws ends the
 * process with a stack and 1, as a fault of its own; a {@link UsageError} is the user's, and ends in one line and with 2.
 * @param run loads what it needs by itself, so that a slip of the finger and help are answered at once
 * @returns when it has run; it is a success where nothing failed
 */
export async function runCommand<O extends Options, W extends string>(
  command: Command<O, W>,
  run: (values: Values<O>, words: readonly W[]) => Promise<boolean>,
): Promise<void> {
  try {
    const given = parseCommand(command, process.argv.slice(2));
    if ('help' in given) process.stdout.write(given.help);
    else process.exitCode = (await run(given.values, given.words)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${command.name}: ${oneLine(error.message)}; see --help`);
    process.exitCode = 2;
  }
}
