/** Asking a group to be let in: kept until it is known whom to ask, and then until there is an answer. */
import { isDimError, type ID } from 'dimp';
import { roleOf } from 'dimsdk';
import type { PersonView } from '../protocol/views.ts';
import { allRows, deleteRow, keep, putRow, rowOf, textIn } from './app-table.ts';
import { dim } from './dim.ts';
import { idIn } from './links.ts';
import { readId, type OpenSession } from './open-session.ts';

/** A group that this person wants to be let into. */
export interface Asked {
  readonly group: ID;
  /** When, in seconds since 1970. */
  readonly time: number;
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

/** This person waits no longer. Whoever has read the question may answer it all the same. */
export async function stopJoining(open: OpenSession, text: string): Promise<void> {
  const id = readId(text, 'id');
  await keep(open.store, deleteRow('app-join', id.entityKey), deleteRow('app-asked', id.entityKey));
  open.tell({ tell: 'people' });
}

/** All of them, in no order. */
export async function askedGroups({ store }: OpenSession): Promise<readonly Asked[]> {
  const rows = [...(await allRows(store, 'app-join')), ...(await allRows(store, 'app-asked'))];
  return rows.flatMap(({ value, order }) => {
    const group = dim.ID.tryParse(textIn(value, 'id') ?? '');
    return group === undefined ? [] : [{ group, time: order }];
  });
}

/** When this person asked to be let in; undefined where that was not so, or is over. */
export async function askedAt({ store }: OpenSession, { entityKey }: ID): Promise<number | undefined> {
  const rows = await Promise.all([store.row('app-join', entityKey), store.row('app-asked', entityKey)]);
  return rows.find((row) => row !== undefined && row !== null)?.order;
}

/** At the start, and when more is known of a group. */
export async function continueToJoin(open: OpenSession, only?: ID): Promise<void> {
  for (const { key, value } of await allRows(open.store, 'app-join')) {
    const id = dim.ID.tryParse(textIn(value, 'id') ?? '');
    if (id === undefined) await keep(open.store, deleteRow('app-join', key));
    else if (only === undefined || id.equals(only)) await tryToJoin(open, id);
  }
  for (const { group } of await askedGroups(open))
    if (only === undefined || group.equals(only)) await forgetAnswered(open, group);
}

/** Who was let in waits no longer, also where it is removed again. */
async function forgetAnswered({ client, store }: OpenSession, id: ID): Promise<void> {
  const state = await client.groups.state(id);
  if (state === undefined || roleOf(state, client.self.entity) === 'stranger') return;
  if ((await rowOf(store, 'app-asked', id.entityKey)) !== undefined)
    await keep(store, deleteRow('app-asked', id.entityKey));
}

async function tryToJoin({ client, store, platform }: OpenSession, id: ID): Promise<void> {
  const asked = [deleteRow('app-join', id.entityKey)];
  try {
    const state = await client.groups.state(id);
    if (state === undefined) {
      await client.groups.query(id);
      return;
    }
    // Who is in it already asks for nothing.
    if (roleOf(state, client.self.entity) === 'stranger') {
      await client.groups.join(id);
      asked.push(putRow('app-asked', id.entityKey, { id: id.toString() }, platform.clock.now()));
    }
  } catch (error) {
    if (!isDimError(error) || (error.code !== 'MISSING_META' && error.code !== 'GROUP_DENIED')) throw error;
    if (error.code === 'MISSING_META') return;
  }
  await keep(store, ...asked);
}
