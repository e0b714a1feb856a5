/** The commands of a chat. */
import { wrong } from '../command/wrong.ts';
import type { ChatCommand } from './chat-command.ts';
import type { ChatSession } from './chat-session.ts';
import { contactCommands } from './contact-commands.ts';
import { conversationCommands } from './conversation-commands.ts';
import { fileCommands } from './file-commands.ts';
import { groupCommands } from './group-commands.ts';
import { wordsOf } from './words.ts';

/** All of them, as help shows them. */
export const CHAT_COMMANDS: readonly ChatCommand[] = [
  ...conversationCommands,
  ...fileCommands,
  ...groupCommands,
  ...contactCommands,
  {
    name: '/help',
    usage: '',
    about: 'shows this',
    takes: 'none',
    run: async (session) => session.answer(helpText()),
  },
  {
    name: '/quit',
    usage: '',
    about: 'leaves; what is on its way stays here, and goes out the next time',
    takes: 'none',
    run: async ({ over }) => over.abort(),
  },
];

/** Runs what was typed behind a slash. @throws DimError `USAGE_ARGUMENT` for what is no command */
export async function runChatCommand(session: ChatSession, line: string): Promise<void> {
  const words = wordsOf(line.trim());
  const command = commandOf(words);
  if (command === undefined) {
    const names = CHAT_COMMANDS.map(({ name }) => name).filter((name) => name.startsWith(`${words[0] ?? ''} `));
    const hint = names.length > 0 ? `it is one of ${names.join(', ')}` : '/help shows all of them';
    throw wrong(`${words[0] ?? ''} is no command: ${hint}. A text that begins with / is sent with two of them: //`);
  }
  await command.run(session, words.slice(command.name.split(' ').length));
}

/** The command that words begin with. */
export function commandOf(words: readonly string[]): ChatCommand | undefined {
  return CHAT_COMMANDS.find(({ name }) => name.split(' ').every((part, at) => words[at] === part));
}

function helpText(): string {
  const rows = CHAT_COMMANDS.map(({ name, usage, about }) => `${`${name} ${usage}`.trim()}\n    ${about}`);
  return [
    ...rows,
    'WHO is a number of /list, an alias, a name or an ID; "in quotes" where it has spaces.',
    'Names without an ID behind them are those that you gave: everybody chooses a name for oneself.',
    'Marks: · or . waits here, ✓ or + is at the station, ✓✓ or ++ was delivered, ✗ or ! failed.',
  ].join('\n');
}
