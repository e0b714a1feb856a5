/** Commands about conversations. */
import { wrong } from '../command/wrong.ts';
import { foreignLine } from '../text/foreign-text.ts';
import type { ChatCommand } from './chat-command.ts';
import type { ChatSession } from './chat-session.ts';
import { sayingOf } from './saying.ts';

const MAX_LISTED = 50;
const MAX_HINT = 40;

export const conversationCommands: readonly ChatCommand[] = [
  {
    name: '/list',
    usage: '',
    about: 'lists conversations, those with news first',
    takes: 'none',
    run: async (session) => listConversations(session),
  },
  {
    name: '/to',
    usage: 'WHO',
    about: 'opens a conversation',
    takes: 'who',
    run: async (session, words) => session.chat.talkTo(await session.who(joined(words, '/to WHO'))),
  },
  {
    name: '/history',
    usage: '',
    about: 'shows what was said before, a page at a time',
    takes: 'none',
    run: async ({ chat }) => {
      if (!(await chat.showEarlier())) await chat.notice('there is nothing earlier.');
    },
  },
  {
    name: '/show',
    usage: '[N]',
    about: 'shows the rest of a long text, a part at a time',
    takes: 'none',
    run: async (session, [number]) => {
      const { numbered } = session.chat;
      const message = numbered.find(numberOf(number), ({ says }) => says.text !== '');
      if (message === undefined) throw wrong('there is no such text here');
      const { lines, next, linesLeft } = numbered.nextPart(message);
      const more = next === undefined ? [] : [`(${linesLeft} more lines: /show ${message.number ?? ''})`];
      // What others wrote never stands where names and answers do.
      await session.answer([...lines.map((line) => `    ${line}`), ...more].join('\n'));
    },
  },
];

/** All words as one, for names with spaces. @throws DimError `USAGE_ARGUMENT` where there are none */
export function joined(words: readonly string[], usage: string): string {
  if (words.length === 0) throw wrong(`something is missing: ${usage}`);
  return words.join(' ');
}

/** The number of a message. @throws DimError `USAGE_ARGUMENT` */
export function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (!/^[0-9]{1,9}$/.test(word)) throw wrong('a message is named by its number');
  return Number(word);
}

/** Shows the conversations, with numbers that other commands take. */
export async function listConversations(session: ChatSession): Promise<void> {
  const { client } = session.chat.open;
  const all = await client.conversations.list();
  const spoken = new Set(all.map(({ id }) => id.entityKey));
  const groups = await client.groups.all();
  const silent = [
    ...groups.map(({ group }) => group),
    ...client.contacts.filter(({ isAdded }) => isAdded).map(({ id }) => id),
  ].filter(({ entityKey }) => !spoken.has(entityKey));
  const isNews = ({ unread }: { readonly unread: number }): boolean => unread > 0;
  const news = [...all.filter(isNews), ...all.filter((one) => !isNews(one))].slice(0, MAX_LISTED);
  session.listed = [...news.map(({ id }) => id), ...new Map(silent.map((id) => [id.entityKey, id])).values()].slice(
    0,
    2 * MAX_LISTED,
  );
  const lines: string[] = [];
  for (const [at, id] of session.listed.entries()) {
    const spokenLast = news[at];
    const { isAdded, isBlocked, isMuted } = client.contact(id);
    const unread = spokenLast?.unread ?? 0;
    const facts = [
      ...(unread > 0 ? [`${unread} new`] : []),
      ...(isAdded || id.isGroup ? [] : ['no contact']),
      ...(isBlocked ? ['blocked'] : []),
      ...(isMuted ? ['muted'] : []),
    ];
    const fact = facts.length > 0 ? ` (${facts.join(', ')})` : '';
    const hint = spokenLast === undefined || !(isAdded || id.isGroup) ? '' : `  ${hintOf(spokenLast.last.content)}`;
    lines.push(`${String(at + 1).padStart(3)} ${(await session.chat.names.of(id)).text}${fact}${hint}`);
  }
  if (all.length > MAX_LISTED) lines.push(`    (${all.length - MAX_LISTED} older ones are not shown)`);
  await session.answer(
    lines.length === 0
      ? 'No conversation yet: /to ID opens one, /add ID NAME adds a contact.'
      : [...lines, '/to N opens one.'].join('\n'),
  );
}

function hintOf(content: Parameters<typeof sayingOf>[0]): string {
  const { label, text } = sayingOf(content);
  return label === undefined ? foreignLine(text, MAX_HINT) : `[${label}]`;
}
