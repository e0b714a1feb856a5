/** Groups over a network: who is a member reads, and who is none does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent, type ID } from 'dimp';
import { clockOf, device, network, person, texts, until, type TestClient } from '../world.ts';

async function names(client: TestClient, group: ID): Promise<readonly string[]> {
  const state = await client.groups.state(group);
  return (state?.members ?? []).map(String).sort();
}

for (const seed of [1, 2]) {
  test(`a group: found, write, invite, expel, quit (seed ${seed})`, { timeout: 120_000 }, async () => {
    const faults = seed === 1 ? {} : { delay: [0, 2] as const, cutRate: 0.01, reorderRate: 0.2, duplicateRate: 0.1 };
    const net = await network({ seed, faults });
    const users = [await person('Alice'), await person('Bob'), await person('Carol'), await person('Dave')] as const;
    const [alice, bob, carol, dave] = users;
    const [a, b, c, d] = [
      await device(net, alice),
      await device(net, bob),
      await device(net, carol),
      await device(net, dave),
    ];
    await clockOf(net).advance(30);
    const { group } = await a.groups.found({ name: 'Friends', members: [bob.id, carol.id] });
    const members = async (ids: readonly ID[], of: readonly TestClient[], what: string): Promise<void> => {
      const wanted = ids.map(String).sort();
      await until(
        net,
        async () =>
          (await Promise.all(of.map(async (one) => names(one, group)))).every(
            (some) => String(some) === String(wanted),
          ),
        what,
      );
    };
    await members([alice.id, bob.id, carol.id], [a, b, c], 'all know the members');
    await a.send(TextContent.create('welcome'), group);
    await b.send(TextContent.create('thank you'), group);
    const read = async (of: readonly TestClient[], count: number): Promise<void> =>
      until(
        net,
        async () =>
          (await Promise.all(of.map(async (one) => texts(one, { id: group })))).every((some) => some.length === count),
        `${count} texts`,
      );
    await read([a, b, c], 2);
    assert.deepEqual(await texts(d, { id: group }), []);
    await a.groups.invite(group, [dave.id]);
    await members(
      users.map(({ id }) => id),
      [a, b, c, d],
      'Dave is in',
    );
    await d.send(TextContent.create('hello'), group);
    await read([a, b, c], 3);
    assert.deepEqual(await texts(d, { id: group }), ['hello'], 'he reads from joining on');
    await a.groups.expel(group, [bob.id]);
    await members([alice.id, carol.id, dave.id], [a, c, d], 'Bob is out');
    await c.send(TextContent.create('without Bob'), group);
    await read([a, c], 4);
    await until(
      net,
      async () => (await b.groups.state(group))?.members.some((member) => member.equals(bob.id)) === false,
      'Bob knows',
    );
    await assert.rejects(b.send(TextContent.create('and I?'), group), { code: 'GROUP_DENIED' });
    await clockOf(net).advance(600);
    assert.deepEqual(await texts(b, { id: group }), ['welcome', 'thank you', 'hello']);
    await d.groups.quit(group);
    await members([alice.id, carol.id], [a, c], 'Dave has left');
    for (const client of [a, b, c, d]) await client.close();
  });
}

test('a group of twenty: one message is split for all, and all read it', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 3 });
  const users = await Promise.all(Array.from({ length: 20 }, async (_, index) => person(`P${index}`)));
  const [first, ...others] = await Promise.all(users.map(async (user) => device(net, user)));
  assert.ok(first !== undefined);
  await clockOf(net).advance(30);
  const { group } = await first.groups.found({ name: 'Many', members: users.slice(1).map(({ id }) => id) });
  await until(
    net,
    async () => (await Promise.all(others.map(async (one) => names(one, group)))).every((some) => some.length === 20),
    'all know',
  );
  const delivery = await first.send(TextContent.create('to all'), group);
  await until(
    net,
    async () =>
      (await Promise.all(others.map(async (one) => texts(one, { id: group })))).every((some) => some.length === 1),
    'all read',
  );
  await clockOf(net).until(delivery.until('delivered'));
  assert.deepEqual(delivery.counts, { recipients: 19, sent: 19, delivered: 19 });
  for (const client of [first, ...others]) await client.close();
});
