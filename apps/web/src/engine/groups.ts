/** Groups: who is in one, what may be done there, and doing it. */
import { DimError, type ID } from 'dimp';
import { permissionOf, roleOf, type GroupState } from 'dimsdk';
import type { Calls } from '../protocol/calls.ts';
import type { GroupView } from '../protocol/views.ts';
import { keep, putRow, rowOf, textIn } from './app-table.ts';
import { dim, type ChatClient } from './dim.ts';
import { askedAt } from './joining.ts';
import { linkOf } from './links.ts';
import { isHidden, readId, type OpenSession } from './open-session.ts';
import { shownName } from './shown-text.ts';
import { checkToken } from './tokens.ts';

/** As pages name it, and as the rules of groups do. */
const ACTIONS = {
  write: 'write',
  invite: 'invite',
  refuse: 'reset',
  expel: 'expel',
  quit: 'quit',
  resign: 'resign',
  hire: 'hire',
  fire: 'fire',
  rename: 'rename',
  dissolve: 'dissolve',
} as const;

export async function group(open: OpenSession, text: string): Promise<GroupView | undefined> {
  const id = groupId(text);
  // Its name and members are the words of a stranger.
  if (await isHidden(open, id)) return undefined;
  const state = await open.client.groups.state(id);
  if (state !== undefined) return groupView(open, state);
  // It comes later: `people` is told then.
  await open.client.groups.query(id);
  return undefined;
}

async function groupView(open: OpenSession, state: GroupState): Promise<GroupView> {
  const { client, people, platform } = open;
  const role = roleOf(state, client.self.entity);
  const may = Object.fromEntries(
    Object.entries(ACTIONS).map(([name, action]) => [name, permissionOf(action, role) === 'allowed']),
  ) as GroupView['may'];
  const members = await Promise.all(
    state.members.map(async (member) => ({ person: await people.view(member), role: roleOf(state, member) })),
  );
  const invited = state.invitations.map(async ({ user, by, time }) => ({
    person: await people.view(user),
    by: await people.view(by),
    time,
  }));
  const joins = state.joins.filter(({ user }) => !user.equals(client.self));
  const asking = joins.map(async ({ user, time }) => ({ person: await people.view(user), by: undefined, time }));
  const waiting = await Promise.all([...invited, ...asking]);
  return {
    id: state.group.toString(),
    with: await people.view(state.group),
    publicName: state.name ?? '',
    hasMembers: state.hasMembers,
    role,
    members,
    waiting: waiting.sort((one, other) => one.time - other.time),
    askedAt: role === 'stranger' ? await askedAt(open, state.group) : undefined,
    isEnded: await hasEnded(open, state),
    may,
    link: linkOf(platform.page, 'group', state.group),
  };
}

/** How many wait to be let in, where this person may answer them; and when the last of them came. */
export function askingOf(state: GroupState, self: ID): { readonly count: number; readonly last: number } {
  if (permissionOf('reset', roleOf(state, self)) !== 'allowed') return { count: 0, last: 0 };
  const waiting = [...state.joins, ...state.invitations];
  const count = new Set(waiting.map(({ user }) => user.entityKey)).size;
  return { count, last: Math.max(0, ...waiting.map(({ time }) => time)) };
}

/** Whether its owner has removed everybody else, and nobody was let in again. */
export async function hasEnded({ stories }: OpenSession, state: GroupState): Promise<boolean> {
  if (!state.hasMembers || state.members.length > 1) return false;
  const ends = (await stories.of(state.group)).filter(({ did }) => did === 'ended' || did === 'removed');
  return ends.at(-1)?.did === 'ended';
}

/** Founds a group once for each token: one of this name that was founded since the token came is the one. */
export async function foundGroup(
  open: OpenSession,
  { name, members, token }: Calls['foundGroup'][0],
): Promise<GroupView> {
  checkToken(token);
  const { client, store, platform } = open;
  const named = readGroupName(name);
  const ids = members.map((member, index) => readId(member, `members[${index}]`));
  return inTurn(open, async () => {
    const row = await rowOf(store, 'app-token', token);
    const since = row?.['time'];
    const time = typeof since === 'number' ? since : platform.clock.now();
    if (row === undefined) await keep(store, putRow('app-token', token, { time }, time));
    const known = row && ((await stateOf(open, textIn(row, 'id'))) ?? (await foundSince(open, named, time)));
    const state = known ?? (await client.groups.found({ name: named, members: ids }));
    await keep(store, putRow('app-token', token, { time, id: state.group.toString() }, time));
    open.people.learned(state.group);
    open.tell({ tell: 'conversation', conversation: state.group.toString() });
    return groupView(open, state);
  });
}

async function stateOf({ client }: OpenSession, text: string | undefined): Promise<GroupState | undefined> {
  const id = dim.ID.tryParse(text ?? '');
  return id && client.groups.state(id);
}

async function foundSince({ client }: OpenSession, name: string, since: number): Promise<GroupState | undefined> {
  const all = await client.groups.all();
  return all.find(
    (state) => client.self.equals(state.owner) && state.name === name && (state.documentTime ?? 0) >= since - 1,
  );
}

/** The same question twice at once is one after the other. */
const turns = new WeakMap<OpenSession, Promise<unknown>>();
async function inTurn<T>(open: OpenSession, work: () => Promise<T>): Promise<T> {
  const before = turns.get(open) ?? Promise.resolve();
  const mine = before.then(work);
  turns.set(
    open,
    mine.catch(() => undefined),
  );
  return mine;
}

export async function changeGroup(open: OpenSession, change: Calls['changeGroup'][0]): Promise<GroupView> {
  const state = await changedGroup(open, change);
  open.people.learned(state.group);
  open.stories.learned(state.group);
  open.tell({ tell: 'people' });
  return groupView(open, state);
}

async function changedGroup({ client }: OpenSession, change: Calls['changeGroup'][0]): Promise<GroupState> {
  const id = groupId(change.id);
  if (!('people' in change) && change.do !== 'rename') return client.groups[change.do](id);
  if (change.do === 'rename') return client.groups.rename(id, readGroupName(change.name));
  const users = change.people.map((one, index) => readId(one, `people[${index}]`));
  return change.do === 'refuse' ? refuseAll(client, id, users) : client.groups[change.do](id, users);
}

/** Says anew who the members are, which ends what waits: whoever came meanwhile would be refused unseen. */
async function refuseAll({ groups }: ChatClient, id: ID, seen: readonly ID[]): Promise<GroupState> {
  const state = await groups.state(id);
  if (state === undefined || !state.hasMembers)
    throw new DimError('INPUT_MISSING', 'it is not known who the members are', { path: 'id' });
  const waiting = [...state.joins, ...state.invitations];
  if (waiting.length === 0) return state;
  if (!waiting.every(({ user }) => seen.some((one) => one.equals(user))))
    throw new DimError('INPUT_CONFLICT', 'somebody else waits as well: look again', { path: 'people' });
  return groups.reset(id, state.members);
}

function groupId(text: string): ID {
  const id = readId(text, 'id');
  if (id.isGroup) return id;
  throw new DimError('INPUT_CONFLICT', 'is the ID of no group', { path: 'id' });
}

function readGroupName(name: string): string {
  const shown = shownName(name);
  if (shown === undefined) throw new DimError('INPUT_FORMAT', 'shows nothing', { path: 'name' });
  return shown;
}
