/** The command line `dim`. */
import { Command, CommanderError } from '@commander-js/extra-typings';
import { addChatCommands } from './commands/chat.ts';
import { addCompleteCommand, addCompletion, isAsked } from './commands/complete.ts';
import { addContactCommands } from './commands/contact.ts';
import { addDocumentCommands } from './commands/document.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addFileCommands } from './commands/file.ts';
import { addGroupCommands } from './commands/group.ts';
import { addHelpCommand } from './commands/help.ts';
import { addIdCommands } from './commands/id.ts';
import { addKeyCommands } from './commands/key.ts';
import { addStationCommands } from './commands/station.ts';
import { Cli, optionAbout } from './command/cli.ts';
import type { CommandContext } from './command/command-context.ts';
import { EXIT } from './command/exit-codes.ts';
import { tellFailure } from './command/run-call.ts';
import { oneLine } from './text/one-line.ts';
import { ownVersion } from './command/version.ts';
import { wrong } from './command/wrong.ts';

/** Runs the command line. @returns the exit code */
export async function runProgram(context: CommandContext): Promise<number> {
  // Where the line says so, machines read the answer, also where it was not read to its end.
  const isForMachines = context.arguments.includes('--json');
  const isCompletion = isAsked(context.arguments);
  const cli = createProgram(context, { isWhole: isCompletion, completes: !isCompletion });
  try {
    if (isCompletion) await addCompletion(cli.program);
    await cli.program.parseAsync([...context.arguments], { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(context, isForMachines, error);
    if (error.exitCode === 0) return EXIT.done;
    // The help was printed in the place of what no command was named for: people need no more.
    const isHelp = error.code === 'commander.help';
    if (isHelp && !isForMachines) return EXIT.usage;
    const reason = isHelp ? 'a command is missing' : withoutValue(oneLine(error.message.replace(/^error: /, '')));
    return tellFailure(context, isForMachines, wrong(`${reason}: see \`dim --help\``));
  }
}

/** How a program is put together. */
interface ProgramOptions {
  /** Whether it has all commands, whatever the line says. */
  readonly isWhole: boolean;
  /** Whether it has `dim complete`; otherwise somebody else adds it. */
  readonly completes?: boolean;
}

/** All commands, whose work is loaded when it is done. */
export function createProgram(context: CommandContext, { isWhole, completes = true }: ProgramOptions): Cli {
  const program = new Command('dim')
    .description('Identities, keys, messages and a chat of the DIM network, and why a message fails.')
    .version(ownVersion(), '-V, --version', 'prints the version')
    .option('--home <folder>', 'the folder of a person: keys, contacts, messages (or DIM_HOME)')
    .option('--as <id>', 'the identity, where the home has several: an ID or a name')
    .option('--json', 'prints JSON, for machines')
    .option('--passphrase-file <file>', 'the first line opens the private keys (or DIM_PASSPHRASE, else it is asked)')
    .option('--passphrase-fd <number>', 'the same, from an open file')
    .helpOption('-h, --help', 'prints this')
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      optionDescription: optionAbout,
      ...(context.stdout.columns && { helpWidth: context.stdout.columns }),
    })
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // What was wrong is told in one line, by whoever catches it.
      outputError: () => undefined,
      // The help, where a command is missing.
      writeErr: (text) => context.arguments.includes('--json') || context.stdout.write(text),
    })
    .addHelpText('after', PROGRAM_HELP);
  const cli = new Cli(context, program, isWhole);
  addIdCommands(cli);
  addContactCommands(cli);
  addGroupCommands(cli);
  addFileCommands(cli);
  addKeyCommands(cli);
  addDocumentCommands(cli);
  addChatCommands(cli);
  addStationCommands(cli);
  addExplainCommand(cli);
  addDoctorCommand(cli);
  if (completes) addCompleteCommand(cli, () => createProgram(context, { isWhole: true, completes: false }));
  addHelpCommand(cli);
  return cli;
}

/** What stands behind a name that is none may be a secret. */
function withoutValue(reason: string): string {
  const end = reason.indexOf('=');
  return reason.startsWith("unknown option '") && end !== -1 ? `${reason.slice(0, end)}'` : reason;
}

const PROGRAM_HELP = `
Examples:
  $ dim id new --name Alice      an identity, with its keys
  $ dim station start            a station on this machine
  $ dim chat                     talk to others
  $ dim explain message.json     what a message is, and why it fails

dim help COMMAND says what a command takes, with examples.
Exit codes: 0 done, 1 a fault of this program, 2 wrong command line, 3 wrong input, 4 does not verify or decrypt,
5 something is missing, 6 disk, 7 passphrase, 8 no connection, 9 not delivered, 130 interrupted.
`;
