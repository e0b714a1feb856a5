/** What is bounded: strangers are forgotten, those first who were heard of least lately, and contacts are not. */
import { verifyMeta, type Change, type ID, type User } from 'dimp';
import { keyDigest } from 'dimp/extend';
import type { ClientStore } from 'dimsdk';
import { createPerson, dim, openStore } from './open.ts';

/** Runs the rules. @returns what is kept at the end of each, as text: the names of people */
export async function checkBounds(): Promise<Readonly<Record<string, string>>> {
  const people = await Promise.all(['A', 'B', 'C', 'D', 'E', 'F'].map(createPerson));
  const [contact, ...strangers] = people;
  if (contact === undefined) throw new Error('nobody is there');
  const [first] = strangers;
  if (first === undefined) throw new Error('nobody is there');
  const pins = await Promise.all(people.map(pinOf));
  const [contactPin, ...strangerPins] = pins;
  if (contactPin === undefined) throw new Error('nobody is there');
  const add: Change = { do: 'add-contact', id: contact.id };
  const mark = { reader: contact.id, sender: first.id, id: 'x'.repeat(24), time: 1_700_000_000 };

  const few = await filled('few', { strangers: 3 }, [[add, contactPin], ...strangerPins.map((pin) => [pin])]);
  const atOnce = await filled('at once', { strangers: 3 }, [[...strangerPins, contactPin, add]]);
  const short = await filled('short', { strangersLength: 1 }, [[add, contactPin], ...strangerPins.map((pin) => [pin])]);
  // Who writes is not the first to be forgotten.
  const heard = await filled('heard', { strangers: 3 }, [
    ...strangerPins.slice(0, 3).map((pin) => [pin]),
    [{ do: 'mark-read', mark }],
    ...strangerPins.slice(3, 5).map((pin) => [pin]),
  ]);
  const keys = await Promise.all(people.map((from) => keyChangeOf(from.id, people)));
  const keyed = await filled('keys', { messageKeys: 2 }, [[add], ...keys]);
  // Whose keys came while nobody knew them, they keep them.
  const moved = await filled('moved', { messageKeys: 2 }, [
    ...keys.slice(1, 3).map((changes) => changes.slice(0, 1)),
    [{ do: 'add-contact', id: first.id }],
    ...keys.slice(3).map((changes) => changes.slice(0, 1)),
  ]);
  return {
    few: await knownOf(few, people),
    'at once': await knownOf(atOnce, people),
    short: await knownOf(short, people),
    heard: await knownOf(heard, people),
    received: await keyedOf(keyed, people, 'receive'),
    sent: await keyedOf(keyed, people, 'send'),
    moved: await keyedOf(moved, people, 'receive'),
  };
}

async function filled(
  name: string,
  limits: Parameters<typeof openStore>[1],
  commits: readonly (readonly Change[])[],
): Promise<ClientStore> {
  const store = await openStore(`bounds ${name}`, limits);
  for (const changes of commits) await store.commit(changes);
  await store.close();
  return openStore(`bounds ${name}`, limits);
}

async function pinOf({ id, meta }: User): Promise<Change> {
  const verified = await verifyMeta(meta, id);
  if (!verified) throw new Error('the meta of a new user does not verify');
  return { do: 'pin-meta', id, meta: verified, isProven: true };
}

/** One that came in from each, and one to send with to each. */
async function keyChangeOf(id: ID, [me]: readonly User[]): Promise<readonly Change[]> {
  const key = await dim.SymmetricKey.generate('AES');
  const entry = { key, digest: keyDigest(dim, key), time: 1_700_000_000 };
  const self = me?.id ?? id;
  return [
    { do: 'keep-message-key', direction: { sender: id, destination: self }, use: 'receive', entry },
    { do: 'keep-message-key', direction: { sender: self, destination: id }, use: 'send', entry },
  ];
}

async function knownOf(store: ClientStore, people: readonly User[]): Promise<string> {
  const known = await Promise.all(people.map(async ({ id }) => ((await store.meta(id)) ? nameOf(id) : '')));
  return known.join('');
}

async function keyedOf(store: ClientStore, people: readonly User[], use: 'send' | 'receive'): Promise<string> {
  const [me] = people;
  const names = await Promise.all(
    people.map(async ({ id }) => {
      const self = me?.id ?? id;
      const direction = use === 'send' ? { sender: self, destination: id } : { sender: id, destination: self };
      return ((await store.messageKeys(direction, use)) ?? []).length > 0 ? nameOf(id) : '';
    }),
  );
  return names.join('');
}

function nameOf({ name = '' }: ID): string {
  return name.toUpperCase();
}
