/** What is kept of groups, and how much of it at most. */
import { describe, expect, test } from '@jest/globals';
import { InviteCommand, JoinCommand, QuitCommand, ResetCommand, type ID, type User } from 'dimp';
import { errorOf } from '../../../../tests/support/error-of.ts';
import { foldHistory, GroupBook } from '../../src/internal.ts';
import { retainHistory } from '../../src/groups/retain-history.ts';
import { bulletin, entry, factsOf } from './histories.ts';
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
  namesOf,
  receivedOf,
  signed,
  TestClock,
} from './world.ts';

/** Devices of some who are in a group of Alice's. */
async function team(
  ...members: readonly User[]
): Promise<{ readonly devices: readonly Device[]; readonly group: ID; readonly clock: TestClock }> {
  const clock = new TestClock();
  const devices = await Promise.all([alice, ...members].map(async (user) => Device.of(user, clock)));
  const [first] = devices;
  if (first === undefined) throw new Error('nobody');
  const { group } = await first.groups.found({ name: 'Team', members: members.map(({ id }) => id) });
  await deliverAll(...devices);
  return { devices, group, clock };
}

describe('a group that is kept', () => {
  test('is there after a restart, and is read from its row', async () => {
    const { devices, group, clock } = await team(bob);
    const b = devices[1];
    if (b === undefined) throw new Error('nobody');
    const again = new GroupBook({ dim, store: b.store, self: bob.id, clock });
    expect(JSON.stringify(await again.state(group))).toBe(JSON.stringify(await b.state(group)));
    expect((await again.groups()).map(({ name }) => name)).toEqual(['Team']);
    b.store.commit([], [{ do: 'delete-partition', table: 'group-history', partition: group.entityKey }]);
    expect(
      namesOf((await new GroupBook({ dim, store: b.store, self: bob.id, clock }).state(group))?.members ?? []),
    ).toBe('alice bob');
  });

  test('counts a bulletin that somebody kept who knows nothing of groups, at once', async () => {
    const { devices, group } = await team(bob);
    const [a, b] = devices;
    const history = await a?.book.history(group);
    const newer = await history?.bulletin.document
      .with({ name: 'Us' })
      .sign(alice.keys.identity, { time: history.bulletin.time + 60 });
    if (newer === undefined || b === undefined) throw new Error('no bulletin');
    await b.learnBulletin(group, newer);
    expect((await b.state(group))?.name).toBe('Us');
  });

  test('can be forgotten', async () => {
    const { devices, group } = await team(bob);
    const b = devices[1];
    const { changes = [], rows = [] } = b?.book.forget(group) ?? {};
    b?.store.commit(changes, rows);
    expect([await b?.state(group), await b?.book.groups(), b?.store.members(group), b?.store.meta(group)]).toEqual([
      undefined,
      [],
      [],
      undefined,
    ]);
    expect(b?.store.partitions('group-history')).toEqual([]);
  });

  test('what a store made of it that cannot be read is the fault of the store', async () => {
    const { devices, group } = await team(bob);
    const b = devices[1];
    if (b === undefined) throw new Error('nobody');
    const row = b.store.row('groups', group.entityKey);
    if (row === undefined) throw new Error('no row');
    b.store.commit(
      [],
      [{ do: 'put-row', row: { ...row, value: { ...row.value, state: { owner: 1 }, revision: '' } } }],
    );
    expect((await errorOf(async () => b.book.state(group))).code).toBe('INTERNAL_STORE');
    const [first] = b.store.rows('group-history', group.entityKey);
    if (first === undefined) throw new Error('no row');
    b.store.commit([], [{ do: 'put-row', row: { ...first, key: 'x', value: { is: 'dance' } } }]);
    expect((await errorOf(async () => b.book.history(group))).code).toBe('INTERNAL_STORE');
  });

  test('limits that limit nothing are refused', async () => {
    const { store } = await Device.of(bob, new TestClock());
    for (const limits of [{ entries: 0 }, { groups: Number.NaN }, { bytes: 1.5 }])
      expect(
        (await errorOf(() => new GroupBook({ dim, store, self: bob.id, clock: new TestClock(), limits }))).code,
      ).toBe('USAGE_ARGUMENT');
  });
});

describe('how much of a history is kept', () => {
  const limits = { entries: 5, bytes: 1_000_000 };
  const facts = factsOf(bulletin(1, [carol]));
  const names = (entries: readonly { readonly time: number }[]): readonly number[] => entries.map(({ time }) => time);

  function kept(entries: Parameters<typeof retainHistory>[0]): readonly number[] {
    return names(retainHistory(entries, foldHistory(facts, entries), limits));
  }

  test('all of it within the limits', () => {
    const entries = [entry(2, alice, 'reset', [alice, bob, carol]), entry(1, mallory, 'quit'), entry(3, bob, 'quit')];
    expect(kept(entries)).toEqual([2, 1, 3]);
  });

  test('what is void goes first, then what had no effect, then what waits; the reset stays', () => {
    const reset = entry(3, alice, 'reset', [alice, bob, carol]);
    const entries = [
      entry(1, alice, 'reset', [alice, carol]),
      entry(2, alice, 'invite', [dave]),
      reset,
      entry(4, dave, 'invite', [erin]),
      entry(5, erin, 'join'),
      entry(6, carol, 'invite', [dave]),
      entry(7, bob, 'invite', [erin]),
      entry(8, dave, 'reset', [alice]),
      entry(9, bob, 'quit'),
    ];
    expect(kept(entries)).toEqual([3, 5, 6, 7, 9]);
    expect(namesOf(foldHistory(facts, entries).state.members)).toBe('alice carol dave');
  });

  test('whoever writes most loses first', () => {
    const flood = Array.from({ length: 20 }, (_, index) => entry(10 + index, mallory, 'join'));
    const entries = [entry(3, alice, 'reset', [alice, bob, carol]), entry(4, dave, 'join'), ...flood];
    expect(kept(entries)).toEqual([3, 4, 27, 28, 29]);
  });

  test('also by bytes', () => {
    const big = entry(4, mallory, 'reset', [alice, bob, carol, dave, erin]);
    const entries = [entry(3, alice, 'reset', [alice, bob, carol]), { ...big, message: new Uint8Array(2_000_000) }];
    expect(kept(entries)).toEqual([3]);
  });

  test('strangers push out nothing that counts', async () => {
    const { devices, group, clock } = await team(bob, carol);
    const [a] = devices;
    const small = await Device.of(bob, clock, { limits: { entries: 6 } });
    await small.learn(group, a ?? small);
    await small.settle(group);
    for (const message of (await a?.book.history(group))?.messages ?? []) await small.receive(message);
    for (let count = 0; count < 12; count++) {
      const content =
        count % 2 === 0
          ? JoinCommand.create(group, { time: clock.now() })
          : InviteCommand.create(group, [mallory.id], { time: clock.now() });
      await small.handle(receivedOf(await signed([mallory, erin][count % 2] ?? erin, content), content, clock.now()));
    }
    const quit = QuitCommand.create(group, { time: clock.now() });
    await small.handle(receivedOf(await signed(carol, quit), quit, clock.now()));
    expect(await small.members(group)).toBe('alice bob');
    expect(
      small.store.rows('group-history', group.entityKey).filter(({ value }) => value['is'] !== 'bulletin').length,
    ).toBe(6);
  });
});

describe('how many groups are kept', () => {
  async function groupOf(
    founder: User,
    seed: string,
  ): Promise<{ readonly id: ID; readonly meta: Awaited<ReturnType<typeof dim.Meta.generate>> }> {
    const meta = await dim.Meta.generate({ type: 'MKM', privateKey: founder.keys.identity, seed });
    return { id: meta.id(1), meta };
  }

  /** A group of Mallory's, as far as a device hears of it. */
  async function hear(device: Device, number: number, members: readonly User[], isKnown = true): Promise<ID> {
    const { id, meta } = await groupOf(mallory, `Group-${10_000 + number}`);
    const time = device.clock.now();
    const properties = { founder: mallory.id, name: `Team ${number}` };
    const document = await dim.Document.create({ type: 'bulletin', did: id, properties }).sign(mallory.keys.identity, {
      time,
    });
    if (isKnown) await device.learnBulletin(id, document, meta);
    const reset = ResetCommand.create(id, [mallory.id, ...members.map((user) => user.id)], {
      time: device.clock.now(),
    });
    await device.handle(receivedOf(await signed(mallory, reset), reset, time));
    return id;
  }

  test("of those that one is a member of: no more than so many, but of one's own", async () => {
    const device = await Device.of(bob, new TestClock(), { limits: { groups: 2 } });
    const ids = [await hear(device, 1, [bob]), await hear(device, 2, [bob]), await hear(device, 3, [bob])];
    expect((await device.book.groups()).map(({ name }) => name)).toEqual(['Team 2', 'Team 1']);
    expect(device.store.count('group-history', ids[2]?.entityKey ?? '')).toBe(0);
    await device.groups.found({ name: 'Mine', members: [] });
    expect((await device.book.groups()).map(({ name }) => name)).toEqual(['Mine', 'Team 2', 'Team 1']);
  });

  test('of others: the one that nothing happened in for longest goes, with all that is known of it', async () => {
    const device = await Device.of(bob, new TestClock(), { limits: { others: 2 } });
    const ids = [await hear(device, 1, [carol]), await hear(device, 2, [carol]), await hear(device, 3, [carol])];
    const states = await Promise.all(ids.map(async (id) => device.state(id)));
    expect(states.map((state) => state?.name)).toEqual([undefined, 'Team 2', 'Team 3']);
    expect(device.store.partitions('group-history').length).toBe(2);
  });

  test('of those whose founder is not known: the oldest goes, and of each no more than so much waits', async () => {
    const device = await Device.of(bob, new TestClock(), { limits: { unknown: 2 } });
    const ids = [
      await hear(device, 1, [bob], false),
      await hear(device, 2, [bob], false),
      await hear(device, 3, [bob], false),
    ];
    expect(ids.map(({ entityKey }) => device.store.count('group-history', entityKey))).toEqual([0, 1, 1]);
    const [, , last] = ids;
    if (last === undefined) throw new Error('no group');
    for (let count = 0; count < 70; count++) {
      const join = JoinCommand.create(last, { time: device.clock.now() });
      await device.handle(receivedOf(await signed(erin, join), join, device.clock.now()));
    }
    expect(device.store.count('group-history', last.entityKey)).toBe(64);
  });
});
