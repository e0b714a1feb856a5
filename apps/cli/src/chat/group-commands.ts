/** Commands about groups. Other clients are told by what this person's client signs. */
import type { ID } from 'dimp';
import { wrong } from '../command/wrong.ts';
import type { ChatCommand } from './chat-command.ts';
import type { ChatSession } from './chat-session.ts';
import { groupText } from './contact-commands.ts';

export const groupCommands: readonly ChatCommand[] = [
  {
    name: '/group new',
    usage: 'NAME WHO...',
    about: 'founds a group, and opens it',
    takes: 'who',
    run: async (session, [name, ...words]) => {
      if (name === undefined || words.length === 0) throw wrong('something is missing: /group new NAME WHO...');
      const members = await all(session, words);
      const { group } = await session.chat.open.client.groups.found({ name, members });
      await session.chat.talkTo(group);
    },
  },
  change('invite', 'adds members, or asks for them to be added', async (groups, group, users) =>
    groups.invite(group, users),
  ),
  change('expel', 'removes members', async (groups, group, users) => groups.expel(group, users)),
  change('hire', 'makes members administrators', async (groups, group, users) => groups.hire(group, users)),
  change('fire', 'makes administrators members', async (groups, group, users) => groups.fire(group, users)),
  {
    name: '/group rename',
    usage: 'NAME',
    about: 'gives the group another name, for all members',
    takes: 'none',
    run: async (session, words) => {
      if (words.length === 0) throw wrong('something is missing: /group rename NAME');
      const group = currentGroup(session);
      await session.chat.open.client.groups.rename(group, words.join(' '));
      session.chat.names.forget(group);
      session.chat.view.talk(await session.chat.names.of(group));
    },
  },
  {
    name: '/group members',
    usage: '',
    about: 'shows who is in the group',
    takes: 'none',
    run: async (session) => session.answer(await groupText(session, currentGroup(session))),
  },
  {
    name: '/group leave',
    usage: '',
    about: 'leaves the group',
    takes: 'none',
    run: async (session) => {
      const group = currentGroup(session);
      const { text } = await session.chat.names.of(group);
      if (!(await session.chat.view.ask(`Leave ${text}? Members have to add you again.`))) return;
      await session.chat.open.client.groups.quit(group);
      await session.chat.notice(`you have left ${text}.`);
    },
  },
];

type Groups = ChatSession['chat']['open']['client']['groups'];

function change(
  verb: string,
  about: string,
  act: (groups: Groups, group: ID, users: readonly ID[]) => Promise<unknown>,
): ChatCommand {
  return {
    name: `/group ${verb}`,
    usage: 'WHO...',
    about,
    takes: 'who',
    run: async (session, words) => {
      if (words.length === 0) throw wrong(`something is missing: /group ${verb} WHO...`);
      const group = currentGroup(session);
      await act(session.chat.open.client.groups, group, await all(session, words));
      await session.answer(await groupText(session, group));
    },
  };
}

function currentGroup({ chat }: ChatSession): ID {
  const group = chat.requireCurrent();
  if (!group.isGroup) throw wrong('no group is open: /to GROUP opens one, /group new NAME WHO... founds one');
  return group;
}

async function all(session: ChatSession, words: readonly string[]): Promise<readonly ID[]> {
  return Promise.all(words.map(async (word) => session.who(word)));
}
