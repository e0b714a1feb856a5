/** Groups: who is in one, what may be done there, and doing it. */
import { DimError, isDimError, type ID } from 'dimp';
import { permissionOf, roleOf, type GroupState } from 'dimsdk';
import type { Calls } from '../protocol/calls.ts';
import type { GroupView, HistoryView, PersonView } from '../protocol/views.ts';
import { allRows, deleteRow, keep, putRow, rowOf, textIn } from './app-table.ts';
import { dim, type ChatClient } from './dim.ts';
import { idIn, linkOf } from './links.ts';
import { readId, type OpenSession } from './open-session.ts';
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
} as const;

export async function group(open: OpenSession, text: string): Promise<GroupView | undefined> {
  const id = groupId(text);
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
  const asking = state.joins.map(async ({ user, time }) => ({ person: await people.view(user), by: undefined, time }));
  const waiting = await Promise.all([...invited, ...asking]);
  return {
    id: state.group.toString(),
    with: await people.view(state.group),
    publicName: state.name ?? '',
    hasMembers: state.hasMembers,
    role,
    members,
    waiting: waiting.sort((one, other) => one.time - other.time),
    may,
    link: linkOf(platform.page, 'group', state.group),
  };
}

/** The oldest first. */
export async function groupHistory(open: OpenSession, text: string): Promise<readonly HistoryView[]> {
  const { client, people } = open;
  const entries = await client.groups.history(groupId(text));
  return Promise.all(
    entries.map(async ({ time, author, command, members }) => ({
      time,
      author: await people.view(author),
      command,
      people: await people.views(members),
    })),
  );
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

/**
 * Asks a group to be let in, as soon as it is known whom to ask. Who owns it shows by its key, which a station has: a link has the ID
 * alone.
 */
export async function joinGroup(open: OpenSession, text: string): Promise<PersonView> {
  const id = idIn(text, 'group');
  await open.strangers.meet(id);
  await keep(open.store, putRow('app-join', id.entityKey, { id: id.toString() }, open.platform.clock.now()));
  await tryToJoin(open, id);
  open.people.changed();
  open.tell({ tell: 'people' });
  return open.people.view(id);
}

/** At the start, and when more is known of a group. */
export async function continueToJoin(open: OpenSession, only?: ID): Promise<void> {
  for (const { key, value } of await allRows(open.store, 'app-join')) {
    const id = dim.ID.tryParse(textIn(value, 'id') ?? '');
    if (id === undefined) await keep(open.store, deleteRow('app-join', key));
    else if (only === undefined || id.equals(only)) await tryToJoin(open, id);
  }
}

async function tryToJoin({ client, store }: OpenSession, id: ID): Promise<void> {
  try {
    const state = await client.groups.state(id);
    if (state === undefined) {
      await client.groups.query(id);
      return;
    }
    // Who is in it already asks for nothing.
    if (roleOf(state, client.self.entity) === 'stranger') await client.groups.join(id);
  } catch (error) {
    if (!isDimError(error) || (error.code !== 'MISSING_META' && error.code !== 'GROUP_DENIED')) throw error;
    if (error.code === 'MISSING_META') return;
  }
  await keep(store, deleteRow('app-join', id.entityKey));
}

export async function changeGroup(open: OpenSession, change: Calls['changeGroup'][0]): Promise<GroupView> {
  const state = await changedGroup(open, change);
  open.people.learned(state.group);
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
