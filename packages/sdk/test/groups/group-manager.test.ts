/** What people do in groups, as all of their devices see it. */
import { describe, expect, test } from '@jest/globals';
import { EntityType, type DocumentsCommand, type ForwardContent, type ID } from 'dimp';
import { roleOf } from '../../src/groups/group-state.ts';
import {
  alice,
  bob,
  carol,
  dave,
  deliverAll,
  Device,
  dim,
  erin,
  mallory,
  nameOf,
  namesOf,
  STATION,
  TestClock,
} from './world.ts';
import { errorOf } from '../../../../tests/support/error-of.ts';

const four = [alice, bob, carol, dave];

/** Devices of some, and a group that the first one founded with the next two. */
async function team(): Promise<{
  readonly a: Device;
  readonly b: Device;
  readonly c: Device;
  readonly d: Device;
  readonly group: ID;
}> {
  const clock = new TestClock();
  const [a, b, c, d] = (await Promise.all(four.map(async (user) => Device.of(user, clock)))) as [
    Device,
    Device,
    Device,
    Device,
  ];
  const { group } = await a.groups.found({ name: 'Team', members: [bob.id, carol.id] });
  await deliverAll(a, b, c, d);
  return { a, b, c, d, group };
}

/** What all of some devices say of a group, which has to be the same. */
async function agreed(group: ID, ...devices: readonly Device[]): Promise<string> {
  const texts = await Promise.all(
    devices.map(async (device) => {
      const state = await device.state(group);
      if (state === undefined) return 'unknown';
      const { members, administrators, name } = state;
      // Packing asks the memory of messages.
      expect(namesOf(device.store.members(group))).toBe(state.hasMembers ? namesOf(members) : '');
      return `${name ?? ''}: ${namesOf(members)} / ${namesOf(administrators)}`;
    }),
  );
  expect(new Set(texts).size).toBe(1);
  return texts[0] ?? '';
}

describe('founding', () => {
  test('all members know the same, and are told that they do', async () => {
    const { a, b, c, d, group } = await team();
    expect(await agreed(group, a, b, c)).toBe('Team: alice bob carol / ');
    expect(await d.state(group)).toBeUndefined();
    expect(namesOf((await b.book.groups()).map((state) => state.group))).toBe('group');
    expect(namesOf(b.learned)).toBe('group group');
    expect(group.name).toMatch(/^Group-\d{5,9}$/);
    expect([await b.book.isMember(group, carol.id), await b.book.isMember(group, dave.id)]).toEqual([true, false]);
  });

  test('the station is told, and each member is sent bulletin and reset, in the forms that others read', async () => {
    const device = await Device.of(alice, new TestClock());
    const { group } = await device.groups.found({ name: 'Team', members: [bob.id, alice.id, bob.id] });
    expect(device.sent.map(({ receiver }) => (receiver.equals(STATION) ? 'station' : nameOf(receiver)))).toEqual([
      'station',
      'bob',
    ]);
    const [toStation, toBob] = device.sent.map(({ content }) => content);
    const { documents, meta } = toStation as DocumentsCommand;
    expect([documents?.length, meta?.matches(group)]).toEqual([1, true]);
    const { messages } = toBob as ForwardContent;
    const contents = messages.map(
      ({ data }) => JSON.parse(data) as { command: string; group?: string; members?: string[] },
    );
    expect(contents.map(({ command }) => command)).toEqual(['documents', 'reset']);
    expect(contents[1]?.members).toEqual([alice.id.toString(), bob.id.toString()]);
    expect(messages.map(({ receiver, group: exposed }) => [receiver.toString(), exposed])).toEqual([
      ['anyone@anywhere', undefined],
      ['anyone@anywhere', undefined],
    ]);
  });

  test('without a name, or without the key to sign, nothing is kept', async () => {
    const device = await Device.of(alice, new TestClock());
    expect((await errorOf(async () => device.groups.found({ name: '', members: [] }))).code).toBe('USAGE_ARGUMENT');
    device.store.commit([{ do: 'keep-keys', id: alice.id, keys: { decrypt: alice.keys.decrypt } }]);
    expect((await errorOf(async () => device.groups.found({ name: 'Team', members: [] }))).code).toBe(
      'MISSING_PRIVATE_KEY',
    );
    expect([await device.book.groups(), device.sent]).toEqual([[], []]);
  });
});

describe('members', () => {
  test('the owner invites: who is new gets all of the history', async () => {
    const { a, b, c, d, group } = await team();
    await a.groups.invite(group, [dave.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Team: alice bob carol dave / ');
  });

  test('a member invites: it waits for the owner, who does the same, or says who the members are', async () => {
    const { a, b, c, d, group } = await team();
    await b.groups.invite(group, [dave.id, erin.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c)).toBe('Team: alice bob carol / ');
    const waiting = (await a.state(group))?.invitations ?? [];
    expect(waiting.map(({ user, by }) => namesOf([user, by]))).toEqual(['dave bob', 'erin bob']);
    await a.groups.invite(group, [dave.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Team: alice bob carol dave / ');
    expect((await c.state(group))?.invitations.map(({ user }) => nameOf(user))).toEqual(['erin']);
    await a.groups.reset(group, [bob.id, dave.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Team: alice bob dave / ');
    expect((await d.state(group))?.invitations).toEqual([]);
  });

  test('somebody asks to join', async () => {
    const { a, b, c, d, group } = await team();
    await d.learn(group, a);
    await d.groups.join(group);
    await deliverAll(a, b, c, d);
    expect((await a.state(group))?.joins.map(({ user }) => nameOf(user))).toEqual(['dave']);
    expect(await b.state(group)).toMatchObject({ joins: [] });
    await a.groups.invite(group, [dave.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Team: alice bob carol dave / ');
    expect((await a.state(group))?.joins).toEqual([]);
  });

  test('a member quits', async () => {
    const { a, b, c, group } = await team();
    await b.groups.quit(group);
    expect((await b.book.groups()).length).toBe(0);
    await deliverAll(a, b, c);
    expect(await agreed(group, a, b, c)).toBe('Team: alice carol / ');
  });

  test('the owner expels a member, who hears of it', async () => {
    const { a, b, c, group } = await team();
    await a.groups.expel(group, [bob.id]);
    await deliverAll(a, b, c);
    expect(await agreed(group, a, b, c)).toBe('Team: alice carol / ');
    expect((await errorOf(async () => b.groups.invite(group, [mallory.id]))).code).toBe('GROUP_DENIED');
  });

  test('a member who was away asks, and gets what happened', async () => {
    const { a, b, c, group } = await team();
    await a.groups.invite(group, [erin.id]);
    await a.groups.hire(group, [carol.id]);
    await a.groups.rename(group, 'The team');
    a.sent.length = 0;
    expect(await b.groups.query(group)).toBe(1);
    await deliverAll(a, b);
    expect(await agreed(group, a, b)).toBe('The team: alice bob carol erin / carol');
    expect(await c.members(group)).toBe('alice bob carol');
  });
});

describe('offices', () => {
  test('administrators are hired, act, resign, and are fired', async () => {
    const { a, b, c, d, group } = await team();
    await a.groups.hire(group, [bob.id, carol.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c)).toBe('Team: alice bob carol / bob carol');
    await b.groups.reset(group, [bob.id, carol.id, dave.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Team: alice bob carol dave / bob carol');
    await c.groups.resign(group);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Team: alice bob carol dave / bob');
    // Signed again, the bulletin does not bring her back.
    await a.groups.rename(group, 'Us');
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Us: alice bob carol dave / bob');
    await a.groups.fire(group, [bob.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c, d)).toBe('Us: alice bob carol dave / ');
  });

  test('assistants are named when it is founded, or later, and stay through what is said otherwise', async () => {
    const { a, b, c, d, group } = await team();
    const [one, other] = await Promise.all(
      ['one', 'other'].map(async (name) => dim.createUser({ name, seed: name, type: EntityType.BOT })),
    );
    if (one === undefined || other === undefined) throw new Error('there are two');
    const assistants = async (device: Device) => (await device.state(group))?.assistants.map(String);
    expect(await assistants(b)).toEqual([]);
    const named = await a.groups.appoint(group, [one.id]);
    expect(named.assistants.map(String)).toEqual([one.id.toString()]);
    await a.groups.rename(group, 'Us');
    await a.groups.hire(group, [bob.id]);
    await deliverAll(a, b, c, d);
    for (const device of [a, b, c]) expect(await assistants(device)).toEqual([one.id.toString()]);
    expect(roleOf(named, one.id)).toBe('assistant');
    await a.groups.appoint(group, [other.id]);
    await deliverAll(a, b, c, d);
    expect(await assistants(c)).toEqual([other.id.toString()]);
    await a.groups.appoint(group, []);
    await deliverAll(a, b, c, d);
    expect(await assistants(c)).toEqual([]);
    const founded = await a.groups.found({ name: 'Large', members: [bob.id], assistants: [one.id, other.id] });
    expect(founded.assistants.map(String)).toEqual([one.id.toString(), other.id.toString()]);
    expect(founded.members.map(String)).toEqual([alice.id.toString(), bob.id.toString()]);
  });

  test('who is no bot is no assistant, and an option that is none is refused', async () => {
    const { a, group } = await team();
    const before = (await a.state(group))?.documentTime;
    expect(await errorOf(async () => a.groups.appoint(group, [carol.id]))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'assistants[0]',
    });
    const wrong: readonly (readonly [object, string])[] = [
      [{ assistants: [carol.id] }, 'assistants[0]'],
      [{ assistants: carol.id }, 'assistants'],
      [{ assistant: [] }, 'assistant'],
    ];
    for (const [more, path] of wrong)
      expect(await errorOf(async () => a.groups.found({ name: 'Us', members: [], ...more }))).toMatchObject({
        code: 'USAGE_ARGUMENT',
        path,
      });
    expect((await a.state(group))?.documentTime).toBe(before);
  });

  test('what an administrator did before being fired is handed on, and counts', async () => {
    const { a, b, c, d, group } = await team();
    await a.groups.hire(group, [bob.id]);
    await deliverAll(a, b, c);
    await b.groups.invite(group, [dave.id]);
    await deliverAll(a, b, c);
    // As clients do that only sign another bulletin.
    const { document } = (await a.book.history(group))?.bulletin ?? {};
    const bulletin = await document?.with({ administrators: [] }).sign(alice.keys.identity, { time: a.clock.now() });
    if (bulletin === undefined) throw new Error('the group has no bulletin');
    for (const device of [a, b, c]) await device.learnBulletin(group, bulletin);
    expect(await agreed(group, a, b, c)).toBe('Team: alice bob carol dave / ');
    for (const device of [a, b, c]) await device.settle(group);
    d.sent.length = 0;
    await a.groups.invite(group, [erin.id]);
    const e = await Device.of(erin, a.clock);
    await deliverAll(a, b, c, e);
    expect(await agreed(group, a, b, c, e)).toBe('Team: alice bob carol dave erin / ');
  });

  test('the owner ends the group: administrators too are out, all hear of it, and nobody writes any more', async () => {
    const { a, b, c, d, group } = await team();
    await a.groups.hire(group, [bob.id]);
    await deliverAll(a, b, c, d);
    expect((await errorOf(async () => b.groups.dissolve(group))).code).toBe('GROUP_DENIED');
    await a.groups.dissolve(group);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, b, c)).toBe('Team: alice / ');
    for (const device of [b, c]) {
      expect((await device.book.changes(group)).at(-1)).toMatchObject({ did: 'ended' });
      expect(await device.book.permission(group, 'write', device.self)).not.toBe('allowed');
    }
    // The owner may begin again.
    await a.groups.invite(group, [carol.id]);
    await deliverAll(a, b, c, d);
    expect(await agreed(group, a, c)).toBe('Team: alice carol / ');
  });

  test('the owner cannot give the group away, and says so', async () => {
    const { a, b, group } = await team();
    for (const device of [a, b])
      expect((await errorOf(async () => device.groups.abdicate(group))).code).toBe('GROUP_DENIED');
  });

  test.each<readonly [string, (device: Device, group: ID) => Promise<unknown>, readonly string[]]>([
    ['reset', async (device, group) => device.groups.reset(group, [bob.id]), ['carol', 'dave']],
    [
      'reset without an administrator',
      async (device, group) => device.groups.reset(group, [carol.id]),
      ['alice', 'bob'],
    ],
    ['expel', async (device, group) => device.groups.expel(group, [carol.id]), ['carol', 'dave']],
    ['expel an administrator', async (device, group) => device.groups.expel(group, [bob.id]), ['alice']],
    ['invite', async (device, group) => device.groups.invite(group, [mallory.id]), ['dave']],
    ['invite a member', async (device, group) => device.groups.invite(group, [bob.id]), ['alice', 'carol']],
    ['join', async (device, group) => device.groups.join(group), ['alice', 'bob', 'carol']],
    ['quit', async (device, group) => device.groups.quit(group), ['alice', 'bob', 'dave']],
    ['resign', async (device, group) => device.groups.resign(group), ['alice', 'carol', 'dave']],
    ['hire', async (device, group) => device.groups.hire(group, [carol.id]), ['bob', 'carol', 'dave']],
    ['fire', async (device, group) => device.groups.fire(group, [bob.id]), ['bob', 'carol', 'dave']],
    ['rename', async (device, group) => device.groups.rename(group, 'Ours'), ['bob', 'carol', 'dave']],
    ['appoint', async (device, group) => device.groups.appoint(group, []), ['bob', 'carol', 'dave']],
  ])('%s is refused before anything is kept or sent', async (_, act, refused) => {
    const { a, b, c, d, group } = await team();
    await a.groups.hire(group, [bob.id]);
    await deliverAll(a, b, c, d);
    await d.learn(group, a);
    const before = await agreed(group, a, b, c);
    for (const device of [a, b, c, d].filter(({ self }) => refused.includes(nameOf(self)))) {
      const error = await errorOf(async () => act(device, group));
      expect([nameOf(device.self), error.code, device.sent]).toEqual([nameOf(device.self), 'GROUP_DENIED', []]);
    }
    expect(await agreed(group, a, b, c)).toBe(before);
  });

  test('of a group that nobody knows, it says what to fetch', async () => {
    const { group } = await team();
    const device = await Device.of(dave, new TestClock());
    const error = await errorOf(async () => device.groups.join(group));
    expect([error.code, error.missing.map(({ what }) => what)]).toEqual(['MISSING_META', ['meta', 'visa']]);
    expect(await device.groups.query(group)).toBe(0);
    expect([...device.wanted]).toEqual(['meta group', 'visa group']);
  });
});

describe('somebody with several devices', () => {
  test('what is done at one of them is known at the others', async () => {
    const clock = new TestClock();
    const terminals = ['phone', 'desktop'];
    const frank = await dim.createUser({ name: 'Frank', visaAlgorithms: ['X25519'], terminals });
    const options = { contacts: [frank, alice, bob] };
    const [phone, desktop] = (await Promise.all(
      terminals.map(async (terminal) => Device.of(frank, clock, { ...options, terminal })),
    )) as [Device, Device];
    const b = await Device.of(bob, clock, options);
    const { group } = await phone.groups.found({ name: 'Team', members: [bob.id] });
    await deliverAll(phone, desktop, b);
    const agree = async (): Promise<number> => {
      const states = await Promise.all([phone, desktop, b].map(async (device) => device.state(group)));
      expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
      return states[0]?.members.length ?? 0;
    };
    expect(await agree()).toBe(2);
    await desktop.groups.rename(group, 'Us');
    await desktop.groups.hire(group, [bob.id]);
    await deliverAll(phone, desktop, b);
    await b.groups.invite(group, [alice.id]);
    await deliverAll(phone, desktop, b);
    expect(await agree()).toBe(3);
    await phone.groups.fire(group, [bob.id]);
    await deliverAll(phone, desktop, b);
    await phone.groups.expel(group, [bob.id]);
    await deliverAll(phone, desktop, b);
    expect(await agree()).toBe(2);
  });

  test('a new device of the owner asks the others of the owner', async () => {
    const clock = new TestClock();
    const frank = await dim.createUser({ name: 'Frank', visaAlgorithms: ['X25519'], terminals: ['phone', 'desktop'] });
    const options = { contacts: [frank, bob] };
    const phone = await Device.of(frank, clock, { ...options, terminal: 'phone' });
    const b = await Device.of(bob, clock, options);
    const { group } = await phone.groups.found({ name: 'Team', members: [bob.id] });
    await deliverAll(phone, b);
    const desktop = await Device.of(frank, clock, { ...options, terminal: 'desktop' });
    await desktop.learn(group, b);
    expect(await desktop.groups.query(group)).toBe(1);
    await deliverAll(phone, desktop);
    expect(namesOf((await desktop.state(group))?.members ?? [])).toContain('bob');
    expect((await desktop.state(group))?.hasMembers).toBe(true);
  });
});
