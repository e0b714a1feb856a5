/** `dim group list`, `members`, `history`. */
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { findPeer } from '../messages/find-peer.ts';
import { Names } from '../messages/names.ts';
import { withClient, type OpenClient } from '../messages/open-client.ts';
import { foreignLine } from '../text/foreign-text.ts';
import { printable } from '../text/printable.ts';
import { minuteText } from '../text/time.ts';
import { groupJson, groupText, nameIn } from './group-facts.ts';

const MAX_NAME = 100;

/** Lists the groups that one is a member of. */
export async function listGroups(call: Call): Promise<Result> {
  return withClient(call, { isOffline: true }, async (open) => {
    const groups = await open.client.groups.all();
    const names = new Names(open);
    const lines = await Promise.all(
      groups.map(
        async ({ group, members }) =>
          `${(await names.of(group)).text}  ${printable(group.toString())}  ${members.length} members`,
      ),
    );
    return {
      json: { groups: groups.map((state) => groupJson(open, state)) },
      text: lines.length === 0 ? 'There are no groups yet: `dim group new NAME --member WHO`' : lines.join('\n'),
    };
  });
}

/** Says who is what in a group. */
export async function showMembers(call: Call, who: string): Promise<Result> {
  return withClient(call, { isOffline: true }, async (open) => {
    const state = await stateOf(open, who);
    return { json: groupJson(open, state), text: await groupText(open, state) };
  });
}

/** Says what happened, and who did it: nothing that somebody only wrote, and was not allowed to. */
export async function showHistory(call: Call, who: string): Promise<Result> {
  return withClient(call, { isOffline: true }, async (open) => {
    const { group } = await stateOf(open, who);
    const changes = await open.client.groups.changes(group);
    const lines: string[] = [];
    for (const { time, by, did, users, name } of changes) {
      const names = await Promise.all(users.map(async (user) => nameIn(open, user)));
      const about = [names.join(', '), ...(name === undefined ? [] : [`"${foreignLine(name, MAX_NAME)}"`])];
      lines.push(`${minuteText(time)}  ${await nameIn(open, by)}: ${[did, ...about].join(' ').trimEnd()}`);
    }
    return {
      json: {
        group: group.toString(),
        history: changes.map(({ time, by, did, users, name }) => ({
          time,
          author: by.toString(),
          did,
          members: users.map(String),
          name: name ?? null,
        })),
      },
      text: lines.length === 0 ? 'Nothing is known of its history yet.' : lines.join('\n'),
    };
  });
}

/** @throws DimError `USAGE_ARGUMENT` for what is no group that is known */
export async function stateOf(open: OpenClient, who: string) {
  const id = await findPeer(open, who);
  const state = id.isGroup ? await open.client.groups.state(id) : undefined;
  if (state === undefined)
    throw wrong(`${printable(who)} is no group that is known here: \`dim group list\` shows them`);
  return state;
}
