/** Four people with identities of their own, and a group of them. Each device has a store of what it knows, and no more. */
import { MemoryStore, type Group, type Messenger, type User } from 'dimp';
import { dim } from './dim.ts';

/** Where somebody reads and writes. */
export interface Device {
  /** Undefined where the person has one device alone. */
  readonly terminal: string | undefined;
  readonly store: MemoryStore;
  readonly messenger: Messenger;
}

/** Somebody with devices. */
export interface Person {
  readonly user: User;
  readonly name: string;
  readonly devices: readonly [Device, ...Device[]];
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
    const devices = await Promise.all(user.visas.map(async ({ terminal }) => createDevice(user, terminal)));
    const [first, ...rest] = devices;
    if (first === undefined) throw new Error(`${user.id.toString()} has no visa`);
    return { user, name: user.visas[0]?.name ?? '', devices: [first, ...rest] };
  }

  async function createDevice(user: User, terminal: string | undefined): Promise<Device> {
    const store = new MemoryStore();
    // A device has the private key of its own terminal, and not those of the others.
    const decrypt = user.keys.decrypt.filter((own) => own.terminal === terminal);
    await dim.addUser(store, { ...user, keys: { ...user.keys, decrypt } });
    for (const other of users) if (other !== user) await dim.addContact(store, other);
    await dim.addGroup(store, group);
    const self = terminal === undefined ? user.id : user.id.at(terminal);
    return { terminal, store, messenger: dim.messenger({ self: self, store }) };
  }

  return {
    alice: await equip(alice),
    bob: await equip(bob),
    carol: await equip(carol),
    dave: await equip(dave),
    group,
  };
}
