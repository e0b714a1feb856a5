/** What is told of groups. */
import type { ID, JsonMap } from 'dimp';
import { roleOf, type GroupState } from 'dimsdk';
import { Names } from '../messages/names.ts';
import type { OpenClient } from '../messages/open-client.ts';
import { printable } from '../text/printable.ts';

/** The documented shape: `{ id, name, owner, administrators, members, assistants, invitations, joins, role }`. */
export function groupJson({ client }: Pick<OpenClient, 'client'>, state: GroupState): JsonMap {
  return {
    id: state.group.toString(),
    name: state.name ?? null,
    owner: state.owner.toString(),
    administrators: state.administrators.map(String),
    members: state.members.map(String),
    assistants: state.assistants.map(String),
    invitations: state.invitations.map(({ user, by }) => ({ user: user.toString(), by: by.toString() })),
    joins: state.joins.map(({ user }) => user.toString()),
    role: roleOf(state, client.self.entity),
  };
}

/** The same for people. */
export async function groupText(open: Pick<OpenClient, 'client' | 'store'>, state: GroupState): Promise<string> {
  const { text } = await new Names(open).of(state.group);
  const lines = [`${text}  ${printable(state.group.toString())}`];
  for (const member of state.members) lines.push(`  ${await memberText(open, state, member)}`);
  for (const { user, by } of state.invitations)
    lines.push(`  invited by ${await nameIn(open, by)}: ${await nameIn(open, user)}`);
  for (const { user } of state.joins) lines.push(`  asks to be let in: ${await nameIn(open, user)}`);
  return lines.join('\n');
}

async function memberText(open: Pick<OpenClient, 'client' | 'store'>, state: GroupState, member: ID): Promise<string> {
  const role = roleOf(state, member);
  return `${await nameIn(open, member)}${role === 'member' ? '' : `, ${role}`}`;
}

/** Who somebody is, with `you` for oneself. */
export async function nameIn({ client, store }: Pick<OpenClient, 'client' | 'store'>, user: ID): Promise<string> {
  return client.self.equals(user) ? 'you' : (await new Names({ client, store }).of(user)).text;
}
