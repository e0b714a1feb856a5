/** Groups over a network: who is a member reads, and who is none does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent, type ID } from 'dimp';
import type { Transport } from 'dimsdk';
import { clockOf, device, dim, network, person, texts, until, type TestClient } from '../world.ts';

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
    const history = await c.groups.history(group);
    assert.deepEqual(
      history.map(({ command, author }) => [command, String(author)]),
      [
        ['reset', String(alice.id)],
        ['invite', String(alice.id)],
      ],
    );
    assert.deepEqual(history[1]?.members.map(String), [String(dave.id)]);
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

test('what no station takes for one member goes out to the others, and its counts tell of them', async () => {
  const net = await network({ seed: 4 });
  const [alice, bob, carol, dave] = [
    await person('Alice'),
    await person('Bob'),
    await person('Carol'),
    await person('Dave'),
  ];
  let isRefused = false;
  const transport: Transport = {
    connect: async (address, options) => {
      const connection = await net.transport.connect(address, options);
      const send = async (bytes: Uint8Array): Promise<void> => {
        const isLong = bytes.length > 5000;
        if (!isRefused || !isLong || !dim.ReliableMessage.decode(bytes).receiver.equals(bob.id))
          return connection.send(bytes);
        await connection.close();
        throw new DimError('CONNECTION_LOST', 'the connection was lost');
      };
      const { name, incoming, ended } = connection;
      return { name, incoming, ended, send, close: async () => connection.close() };
    },
  };
  const [a, b, d] = [await device(net, alice, { transport }), await device(net, bob), await device(net, dave)];
  await clockOf(net).until((await a.send(TextContent.create('hello'), dave.id)).until('delivered'));
  // Carol has never been there: nobody can write to her yet.
  const { group } = await a.groups.found({ name: 'Three', members: [bob.id, carol.id] });
  await clockOf(net).advance(60);
  isRefused = true;
  const delivery = await a.send(TextContent.create('x'.repeat(6000)), group);
  for (let time = 0; time < 120 && delivery.error === undefined; time++) {
    await a.send(TextContent.create(String(time)), dave.id);
    for (let step = 0; step < 12; step++) await clockOf(net).advance(10);
  }
  assert.equal(delivery.error?.code ?? delivery.state, 'CONNECTION_LOST');
  assert.equal(delivery.state, 'queued', 'Carol may still get it');
  const c = await device(net, carol);
  await until(net, async () => (await texts(c, { id: group })).length === 1, 'Carol reads it');
  await until(net, async () => delivery.counts.delivered === 1, 'she said so');
  assert.deepEqual(delivery.counts, { recipients: 2, sent: 1, delivered: 1 });
  assert.equal(delivery.state, 'failed');
  await assert.rejects(delivery.until('sent'), { code: 'CONNECTION_LOST' });
  assert.deepEqual(await a.deliveries(), []);
  for (const client of [a, b, c, d]) await client.close();
});

test('what is taken back from some still counts the receipts of those who have it', async () => {
  const net = await network({ seed: 5 });
  const [alice, bob, carol] = [await person('Alice'), await person('Bob'), await person('Carol')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  const { group } = await a.groups.found({ name: 'Three', members: [bob.id, carol.id] });
  await clockOf(net).advance(60);
  await b.goOffline();
  // Nobody can write to Carol yet.
  const delivery = await a.send(TextContent.create('hello'), group);
  await until(net, async () => delivery.counts.sent === 1, 'the station has it for Bob');
  assert.equal(await delivery.cancel(), false);
  assert.equal(delivery.error?.code, 'DELIVERY_CANCELLED');
  b.goOnline();
  await until(net, async () => (await texts(b, { id: group })).length === 1, 'Bob reads it');
  await clockOf(net).advance(60);
  assert.deepEqual(delivery.counts, { recipients: 2, sent: 1, delivered: 1 });
  assert.equal(delivery.state, 'failed');
  await a.close();
  await b.close();
});
