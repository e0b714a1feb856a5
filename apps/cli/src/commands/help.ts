/** `dim help`. */
import type { AnyCommand, Cli } from '../command/cli.ts';
import { wrong } from '../command/wrong.ts';

/** Adds the command. That of commander takes one word, and says nothing of one that is no command. */
export function addHelpCommand(cli: Cli): void {
  cli
    .command(undefined, 'help [command...]', 'prints what a command takes', [
      ['help send', 'of a command'],
      ['help id new', 'of one below another'],
    ])
    .action(async (words) => {
      let command: AnyCommand = cli.program;
      for (const word of words) {
        const below = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
        if (below === undefined && command.commands.length === 0)
          throw wrong(`${nameOf(command)} has no commands: see \`${nameOf(command)} --help\``);
        // A line that is no command: commander says which is near.
        if (below === undefined) await command.parseAsync([word], { from: 'user' });
        else command = below;
      }
      command.outputHelp();
    });
}

function nameOf(command: AnyCommand): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
