/** `dim id words`. */
import { addLocalUser } from 'dimsdk';
import { readRecoveryWords, userFromWords } from 'dimsdk/words';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { withHome } from '../home/open-home.ts';
import { askHidden } from '../input/prompt.ts';
import { readTextInput, STANDARD_INPUT } from '../input/read-input.ts';
import { printable } from '../text/printable.ts';
import { cardOf } from '../home/make-card.ts';
import { cardText } from './card-text.ts';
import { givenName } from './given-name.ts';
import { newTerminal } from './new-terminal.ts';
import { noteSeveral } from './one-of-several.ts';

/** As the command takes them. */
export interface WordsOptions {
  readonly name: string;
  readonly terminal?: string | undefined;
}

/** Makes an identity again from its recovery words, and keeps it. The documented shape is that of `dim id show`. */
export async function restoreIdentity(call: Call, { name, terminal = newTerminal() }: WordsOptions): Promise<Result> {
  givenName(name);
  const words = readRecoveryWords(await typedWords(call));
  const user = await userFromWords(dim, words, { name, terminals: [terminal] });
  return withHome(
    call,
    async (open) => {
      const { store, users } = open;
      if (users.some((known) => known.equals(user.id)))
        throw wrong(`${printable(user.id.toString())} is an identity of this home already: the words are right`);
      const { id, meta, visas } = await addLocalUser(dim, store, user);
      noteSeveral(call, open, id);
      const card = cardOf({ id, meta, documents: visas, isOwn: true });
      return { json: card, text: cardText(card) };
    },
    { canBeNew: true },
  );
}

/** Never as arguments: those are in the history of the shell, and others see them in the list of processes. */
async function typedWords({ context }: Call): Promise<string> {
  return context.stdin.isTTY === true
    ? askHidden(context, 'The recovery words')
    : readTextInput(context, STANDARD_INPUT);
}
