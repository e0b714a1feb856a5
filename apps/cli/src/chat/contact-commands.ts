/** Commands about people. */
import type { ID } from 'dimp';
import { roleOf } from 'dimsdk';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { knownIdentity, nameOf } from '../home/known-identity.ts';
import { cardText } from '../identity/card-text.ts';
import { cardOf } from '../home/make-card.ts';
import { foreignName } from '../text/foreign-text.ts';
import { printable } from '../text/printable.ts';
import type { ChatCommand } from './chat-command.ts';
import type { ChatSession } from './chat-session.ts';

export const contactCommands: readonly ChatCommand[] = [
  {
    name: '/add',
    usage: '[ID] [ALIAS]',
    about: 'makes somebody a contact, or the one you talk with; without an alias, by the name that it has now',
    takes: 'who',
    run: async (session, given) => {
      const { client, store } = session.chat.open;
      const [first = ''] = given;
      const isSomebody = dim.ID.tryParse(first) !== undefined || /^[0-9]{1,4}$/.test(first);
      const words = isSomebody ? given.slice(1) : given;
      const id = isSomebody ? await session.who(first) : session.chat.requireCurrent();
      const chosen = foreignName(await nameOf(store, id));
      const isFree = chosen !== undefined && !client.contacts.some(({ alias }) => alias === chosen);
      const alias = words.length > 0 ? words.join(' ') : (client.contact(id).alias ?? (isFree ? chosen : undefined));
      await client.addContact(id, alias === undefined ? {} : { alias });
      await session.chat.notice(`${(await session.chat.names.of(id)).text} is a contact now: ${id.toString()}`);
    },
  },
  {
    name: '/alias',
    usage: 'NAME',
    about: 'calls the one you talk with by another name; without NAME, by the one that everybody sees',
    takes: 'none',
    run: async (session, words) => {
      const id = session.chat.requireCurrent();
      const alias = words.length === 0 ? undefined : words.join(' ');
      await session.chat.open.client.changeContact(id, { alias });
      await session.chat.notice(`it is called ${(await session.chat.names.of(id)).text} here.`);
    },
  },
  ...toggle('/block', { isBlocked: true }, 'reads nothing of somebody any more', 'is blocked.'),
  ...toggle('/unblock', { isBlocked: false }, 'reads what somebody writes again', 'is blocked no more.'),
  ...toggle('/mute', { isMuted: true }, 'keeps what somebody writes, and says nothing of it', 'is muted.'),
  ...toggle('/unmute', { isMuted: false }, 'says again what somebody writes', 'is muted no more.'),
  {
    name: '/who',
    usage: '[WHO]',
    about: 'shows who somebody is, with the whole ID',
    takes: 'who',
    run: async (session, words) => {
      const id = await whoOrCurrent(session, words.length === 0 ? undefined : words.join(' '));
      await session.answer(id.isGroup ? await groupText(session, id) : await personText(session, id));
    },
  },
];

async function whoOrCurrent(session: ChatSession, who: string | undefined): Promise<ID> {
  return who === undefined ? session.chat.requireCurrent() : session.who(who);
}

function toggle(
  name: string,
  change: { readonly isBlocked: boolean } | { readonly isMuted: boolean },
  about: string,
  done: string,
): readonly ChatCommand[] {
  const run: ChatCommand['run'] = async (session, words) => {
    const id = await whoOrCurrent(session, words.length === 0 ? undefined : words.join(' '));
    await session.chat.open.client.changeContact(id, change);
    await session.chat.notice(`${(await session.chat.names.of(id)).text} ${done}`);
  };
  return [{ name, usage: '[WHO]', about, takes: 'who', run }];
}

async function personText({ chat }: ChatSession, id: ID): Promise<string> {
  const { client, store, users } = chat.open;
  const { meta, documents } = await knownIdentity(store, id);
  const { isAdded, isBlocked, isMuted, alias } = client.contact(id);
  const facts = [
    isAdded ? 'a contact' : 'no contact',
    ...(isBlocked ? ['blocked'] : []),
    ...(isMuted ? ['muted'] : []),
  ];
  const isOwn = users.some((user) => user.equals(id));
  return [
    cardText(cardOf({ id, meta, documents, isOwn })),
    `alias   ${alias === undefined ? 'none' : printable(alias)}`,
    `here    ${facts.join(', ')}`,
  ].join('\n');
}

/** Who is in a group, and what they are in it. @throws DimError `USAGE_ARGUMENT` */
export async function groupText({ chat }: ChatSession, group: ID): Promise<string> {
  const state = await chat.open.client.groups.state(group);
  if (state === undefined) throw wrong('nothing is known of this group yet: it is asked for');
  const names = async (ids: readonly ID[]): Promise<readonly string[]> =>
    Promise.all(ids.map(async (id) => (await chat.names.of(id)).text));
  const members = await names(state.members);
  const asking = await names([...state.joins, ...state.invitations].map(({ user }) => user));
  return [
    `group   ${(await chat.names.of(group)).text}`,
    `ID      ${group.toString()}`,
    ...state.members.map((id, at) => `member  ${members[at] ?? ''}${roleText(roleOf(state, id))}`),
    ...(state.hasMembers ? [] : ['        (others are asked who the members are)']),
    ...asking.map((name) => `asks    ${name}: /group invite adds`),
  ].join('\n');
}

function roleText(role: string): string {
  return role === 'member' ? '' : `, ${role}`;
}
