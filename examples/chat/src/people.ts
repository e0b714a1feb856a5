/** Four people with identities of their own, and a group of them. Each has a store of what it knows, and no more. */
import { MemoryStore, type Group, type Messenger, type User } from 'dimp';
import { dim } from './dim.ts';

/** Somebody with a device. */
export interface Person {
  readonly user: User;
  readonly store: MemoryStore;
  /** One for each terminal; one without a terminal when there are none. */
  readonly devices: readonly [Messenger, ...Messenger[]];
}

/** Everybody in the demo. */
export interface People {
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
  readonly dave: Person;
  readonly group: Group;
}

/** Makes the people and the group, and introduces them to each other. */
export async function createPeople(): Promise<People> {
  const users = await Promise.all([
    dim.createUser({ name: 'Alice' }),
    dim.createUser({ name: 'Bob', seed: 'bob', algorithm: 'RSA', terminals: ['phone', 'desktop'] }),
    dim.createUser({ name: 'Carol', seed: 'carol' }),
    dim.createUser({ name: 'Dave' }),
  ]);
  const [alice, bob, carol, dave] = users;
  const members = [bob.id, carol.id, dave.id];
  const group = await dim.createGroup({ founder: alice, members, name: 'Weekend', seed: 'weekend' });
  async function equip(user: User): Promise<Person> {
    const store = new MemoryStore();
    await store.addUser(user);
    for (const other of users) if (other !== user) await store.addContact(other);
    await store.addGroup(group);
    const [first, ...rest] = user.visas.map((visa) => dim.messenger({ user: visa.did, store }));
    if (first === undefined) throw new Error(`${user.id.toString()} has no visa`);
    return { user, store, devices: [first, ...rest] };
  }
  return {
    alice: await equip(alice),
    bob: await equip(bob),
    carol: await equip(carol),
    dave: await equip(dave),
    group,
  };
}
