/** Questions at the terminal. They go to standard error: the result of a command may go into a file. */
import type { CommandContext } from '../command/command-context.ts';
import { Interrupted } from '../command/interrupted.ts';

/** What a passphrase is for. */
export interface PassphraseUse {
  /** Asked twice: a new one that is mistyped opens nothing. */
  readonly isNew: boolean;
  /** What it opens: the path of a home. */
  readonly of: string;
}

/** Asks for a passphrase; for a new one twice, until both are the same. @throws Interrupted at Ctrl+C */
export async function ask(context: CommandContext, { isNew, of }: PassphraseUse): Promise<string> {
  const first = await askHidden(
    context,
    isNew ? `A new passphrase, for the private keys of ${of}` : `The passphrase of ${of}`,
  );
  if (!isNew) return first;
  const again = await askHidden(context, 'The same once more');
  if (again === first) return first;
  context.stderr.write('They are not the same.\n');
  return ask(context, { isNew, of });
}

/** Whether somebody says yes. Where there is nobody to ask, it is no. @throws Interrupted at Ctrl+C */
export async function confirm(context: CommandContext, question: string): Promise<boolean> {
  if (context.stdin.isTTY !== true) return false;
  const { confirm: clackConfirm, isCancel } = await import('@clack/prompts');
  const answer = await clackConfirm({ message: question, initialValue: false, ...ends(context) });
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}

/** Asks for what nobody is to see on the screen. @throws Interrupted at Ctrl+C */
export async function askHidden(context: CommandContext, message: string): Promise<string> {
  const { password, isCancel } = await import('@clack/prompts');
  const answer = await password({
    message,
    validate: (text) => ((text ?? '') === '' ? 'It must not be empty.' : undefined),
    ...ends(context),
  });
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}

function ends({ stdin, stderr, signal }: CommandContext) {
  return { input: stdin, output: stderr, signal };
}
