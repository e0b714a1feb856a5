/** Whom somebody means: by ID, by the alias of a contact, by a name. */
import { type ID } from 'dimp';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { nameOf } from '../home/known-identity.ts';
import { printable } from '../text/printable.ts';
import type { OpenClient } from './open-client.ts';

/**
 * An ID counts as it is. An alias is what this person calls somebody, and counts before a name, which everybody chooses for
 * oneself: a name that several contacts have means nobody.
 *
 * @throws DimError `USAGE_ARGUMENT`
 */
export async function findPeer(open: Pick<OpenClient, 'client' | 'store'>, given: string): Promise<ID> {
  const id = dim.ID.tryParse(given);
  if (id !== undefined && !id.isBroadcast) return id.entity;
  const { client, store } = open;
  const named: ID[] = client.contacts.filter(({ alias }) => alias === given).map((contact) => contact.id);
  if (named.length === 0) {
    for (const { id: added, isAdded } of client.contacts)
      if (isAdded && (await nameOf(store, added)) === given) named.push(added);
    for (const { group, name } of await client.groups.all()) if (name === given) named.push(group);
  }
  const [first, ...others] = named;
  if (first === undefined)
    throw wrong(`${printable(given)} is no ID, and no name of a contact or group: \`dim contact list\` shows them`);
  if (others.length > 0) throw wrong(`${printable(given)} is the name of several contacts: say the ID`);
  return first;
}
