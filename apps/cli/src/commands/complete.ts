/** `dim complete`: what the tab key knows. */
import type { AnyCommand, Cli } from '../command/cli.ts';
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';
import { CHOICES } from './choices.ts';

const SHELLS: readonly string[] = ['bash', 'zsh', 'fish', 'powershell'];

/** Whether a shell asks what may come next: its script calls `dim complete -- WORDS`. */
export function isAsked([name, dashes]: readonly string[]): boolean {
  return name === 'complete' && dashes === '--';
}

/** Adds the command. @param makeProgram makes one with all commands but this */
export function addCompleteCommand(cli: Cli, makeProgram: () => Cli): void {
  cli
    .command(undefined, 'complete <shell>', 'prints a script, by which the tab key completes commands and options', [
      ['complete bash > ~/.local/share/bash-completion/completions/dim', 'bash: it takes the package bash-completion'],
      ['complete zsh > ~/.dim.zsh', 'zsh: `source ~/.dim.zsh` in ~/.zshrc, behind compinit'],
      ['complete fish > ~/.config/fish/completions/dim.fish', 'fish'],
      ['complete powershell > dim.ps1', 'PowerShell: `. ./dim.ps1` in the file that $PROFILE names'],
    ])
    .action(async (shell) => {
      if (!SHELLS.includes(shell))
        throw wrong(`the shell must be bash, zsh, fish or powershell, not ${printable(shell)}`);
      const { program } = makeProgram();
      await addCompletion(program);
      await program.parseAsync(['complete', shell], { from: 'user' });
    });
}

/** Completion for four shells, by the names of the commands and options that there are, and by what options take. */
export async function addCompletion(program: AnyCommand): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  const { commands } = tab(program as unknown as Parameters<typeof tab>[0]);
  for (const { options } of commands.values())
    for (const [name, option] of options) {
      const choices = CHOICES[name];
      if (choices === undefined || option.isBoolean === true) continue;
      option.handler = (complete) => {
        for (const choice of choices) complete(choice, '');
      };
    }
}
