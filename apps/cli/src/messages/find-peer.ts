/** Whom somebody means: by ID, by the alias of a contact, by a name. */
import { type ID } from 'dimp';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { nameOf } from '../home/known-identity.ts';
import { printable } from '../text/printable.ts';
import { isFamiliar } from './familiar.ts';
import type { OpenClient } from './open-client.ts';

/**
 * An ID counts as it is. An alias is what this person calls somebody, and counts before a name, which everybody chooses for
 * oneself; what others call their groups counts last, and only where they are contacts: a stranger who founds a group and adds
 * this person to it takes no name. A name that several have means nobody.
 *
 * @throws DimError `USAGE_ARGUMENT`
 */
export async function findPeer(open: Pick<OpenClient, 'client' | 'store'>, given: string): Promise<ID> {
  const id = dim.ID.tryParse(given);
  if (id !== undefined && !id.isBroadcast) return id.entity;
  for (const find of [aliased, named, namedGroups]) {
    const [first, ...others] = await find(open, given);
    if (others.length > 0) throw wrong(`${printable(given)} is the name of several contacts or groups: say the ID`);
    if (first !== undefined) return first;
  }
  if ((await open.client.groups.all()).some(({ name }) => name === given))
    throw wrong(
      `${printable(given)} is what somebody who is no contact calls a group: say its ID, or add its owner with \`dim contact add\``,
    );
  throw wrong(
    `${printable(given)} is no ID, and no name of a contact or group: \`dim contact list\` and \`dim group list\` show them`,
  );
}

type Find = (open: Pick<OpenClient, 'client' | 'store'>, given: string) => Promise<readonly ID[]>;

const aliased: Find = async ({ client }, given) =>
  client.contacts.filter(({ alias }) => alias === given).map((contact) => contact.id);

const named: Find = async ({ client, store }, given) => {
  const found: ID[] = [];
  for (const { id, isAdded } of client.contacts) if (isAdded && (await nameOf(store, id)) === given) found.push(id);
  for (const { group, name, owner } of await client.groups.all())
    if (name === given && client.self.equals(owner)) found.push(group);
  return found;
};

const namedGroups: Find = async (open, given) => {
  const found: ID[] = [];
  for (const { group, name } of await open.client.groups.all())
    if (name === given && (await isFamiliar(open, group))) found.push(group);
  return found;
};
