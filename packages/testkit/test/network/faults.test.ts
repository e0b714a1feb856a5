/** What goes wrong on a network when it is told to: each alone, and that nothing else does. */
import { describe, expect, test } from '@jest/globals';
import { TextContent } from 'dimp';
import { silentLogger, type ConnectionEnd } from 'dimsdk';
import type { NetworkFaults } from '../../src/network/index.ts';
import { dim } from './people.ts';
import type { TinyClient } from './tiny-client.ts';
import { makeWorld, type World } from './world.ts';

/** Alice and Bob, who have come in, and what goes wrong from then on. */
async function talk(faults: NetworkFaults, seed = 1) {
  const world = await makeWorld({ seed });
  const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
  await alice.logIn();
  await bob.logIn();
  await settled(world);
  alice.arrived.length = 0;
  bob.arrived.length = 0;
  world.network.faults = faults;
  return { ...world, world, alice, bob, users: { alice: world.alice, bob: world.bob } };
}

async function settled({ clock, network }: Pick<World, 'clock' | 'network'>): Promise<void> {
  await network.settled();
  await clock.settled();
}

async function endOf(client: TinyClient): Promise<ConnectionEnd['reason'] | undefined> {
  return (await client.connection?.ended)?.reason;
}

const texts = ({ said }: TinyClient): readonly string[] => said.filter((text) => /^\w+\d*$/.test(text));

describe('losing connections', () => {
  test('before what was sent arrives', async () => {
    const { world, network, alice, users } = await talk({ cutRate: 1, cutAt: ['before-arrival'] });
    await expect(alice.send(TextContent.create('a'), users.bob.id)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(await endOf(alice)).toBe('failed');
    await settled(world);
    expect(network.kept()).toEqual([]);
    expect(network.sessions.map(({ user }) => user?.toString())).toEqual([users.bob.id.toString()]);
  });

  test('after it arrived, before that is known', async () => {
    const { world, alice, bob, users } = await talk({ cutRate: 1, cutAt: ['after-arrival'] });
    await expect(alice.send(TextContent.create('a'), users.bob.id)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await settled(world);
    expect(bob.said).toEqual(['a']);
  });

  test('before what comes is there: it is kept', async () => {
    const { world, network, alice, bob, users } = await talk({ cutRate: 1, cutAt: ['before-delivery'] });
    await alice.send(TextContent.create('a'), users.bob.id);
    await settled(world);
    expect([await endOf(bob), bob.said]).toEqual(['failed', []]);
    expect(network.kept(users.bob.id)).toHaveLength(1);
    network.faults = {};
    await bob.logIn();
    await settled(world);
    expect(bob.said).toContain('a');
    expect(network.kept()).toEqual([]);
  });

  test('before it is acknowledged: it comes again', async () => {
    const { world, network, alice, bob, users } = await talk({ cutRate: 1, cutAt: ['before-acknowledgement'] });
    await alice.send(TextContent.create('a'), users.bob.id);
    await settled(world);
    expect([await endOf(bob), bob.said]).toEqual(['failed', ['a']]);
    expect(network.kept(users.bob.id)).toHaveLength(1);
    network.faults = {};
    await bob.logIn();
    await settled(world);
    expect(bob.said.filter((text) => text === 'a')).toHaveLength(2);
  });

  test('without the station seeing it: it says that it has delivered, and keeps the message', async () => {
    const { world, clock, network, alice, bob, users } = await talk({ unnoticed: 10 });
    expect(await network.cut(users.bob.id)).toBe(1);
    expect(await endOf(bob)).toBe('failed');
    await alice.send(TextContent.create('a'), users.bob.id);
    await settled(world);
    expect(alice.said).toEqual(['Message delivered.']);
    await clock.advance(10);
    await alice.send(TextContent.create('b'), users.bob.id);
    await settled(world);
    expect(alice.said).toEqual(['Message delivered.', 'Message cached.']);
    expect(network.kept(users.bob.id)).toHaveLength(2);
  });

  test('by the test: of all, of one, of a number', async () => {
    const { network, alice, bob, users } = await talk({});
    expect(await network.cut(users.alice.id)).toBe(1);
    expect(await network.cut(users.alice.id)).toBe(0);
    expect(await endOf(alice)).toBe('failed');
    expect(await network.cut(network.sessions[0]?.connection)).toBe(1);
    expect(await endOf(bob)).toBe('failed');
    await alice.connect();
    await bob.connect();
    expect(await network.cut()).toBe(2);
  });
});

describe('time', () => {
  test('what is sent takes some, and so does its acknowledgement', async () => {
    const { world, clock, alice, bob, users } = await talk({ delay: 2 });
    let isSent = false;
    const sent = alice.send(TextContent.create('a'), users.bob.id).then(() => (isSent = true));
    await clock.advance(2);
    expect([isSent, bob.said]).toEqual([false, []]);
    await clock.advance(2);
    expect([isSent, bob.said]).toEqual([true, ['a']]);
    await sent;
    expect(world.network.kept()).toHaveLength(1);
    await clock.advance(2);
    expect(world.network.kept()).toEqual([]);
  });

  test('as much as chance has it, and what was sent first arrives first', async () => {
    const { clock, alice, bob, users } = await talk({ delay: [0.1, 5] });
    const start = clock.now();
    const sent = Promise.all(
      Array.from({ length: 10 }, async (_, number) => alice.send(TextContent.create(`t${number}`), users.bob.id)),
    );
    await clock.until(sent);
    await clock.until(bob.until(() => bob.arrived.length === 10));
    // They were packed in any order.
    expect([...bob.said].sort()).toEqual(Array.from({ length: 10 }, (_, number) => `t${number}`));
    expect(clock.now() - start).toBeGreaterThan(0.1);
    expect(clock.now() - start).toBeLessThan(20);
  });

  test('what the client sent before it closed arrives still', async () => {
    const { clock, alice, bob, users } = await talk({ delay: 1 });
    const sent = alice.send(TextContent.create('last'), users.bob.id);
    await clock.settled();
    await alice.connection?.close();
    await expect(sent).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(await endOf(alice)).toBe('closed');
    await clock.advance(5);
    expect(bob.said).toEqual(['last']);
  });
});

describe('deliveries', () => {
  test('come twice', async () => {
    const { world, network, alice, bob, users } = await talk({ duplicateRate: 1 });
    await alice.send(TextContent.create('a'), users.bob.id);
    await settled(world);
    expect(bob.said).toEqual(['a', 'a']);
    expect(network.kept()).toEqual([]);
  });

  test('are overtaken by those of others, and never by those of the same sender', async () => {
    const orders = new Set<string>();
    for (const seed of [1, 2, 3, 4]) {
      const { world, clock, alice, bob, carol, users } = await talk({ reorderRate: 0.5 }, seed);
      const phone = await world.client(carol, { terminal: 'phone' });
      await clock.until(phone.logIn());
      for (const number of [0, 1, 2, 3]) {
        await alice.send(TextContent.create(`a${number}`), users.bob.id);
        await phone.send(TextContent.create(`c${number}`), users.bob.id);
      }
      await settled(world);
      await clock.advance(2);
      const said = texts(bob);
      expect(said.filter((text) => text.startsWith('a'))).toEqual(['a0', 'a1', 'a2', 'a3']);
      expect(said.filter((text) => text.startsWith('c'))).toEqual(['c0', 'c1', 'c2', 'c3']);
      orders.add(said.join(' '));
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  test('of what was stored come in any order', async () => {
    const orders = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const { world, clock, network, alice, bob, users } = await talk({}, seed);
      await bob.connection?.close();
      for (const number of [0, 1, 2, 3]) await alice.send(TextContent.create(`a${number}`), users.bob.id);
      await settled(world);
      network.faults = { reorderRate: 0.5 };
      await clock.until(bob.logIn());
      await clock.advance(2);
      const said = texts(bob);
      expect([...said].sort()).toEqual(['a0', 'a1', 'a2', 'a3']);
      orders.add(said.join(' '));
    }
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe('the station', () => {
  test('is silent: nothing is acknowledged or comes, and after 128 seconds the connection has ended', async () => {
    const { clock, network, alice, bob, users } = await talk({ silenceRate: 1 });
    const sent = alice.send(TextContent.create('a'), users.bob.id);
    const outcome = sent.catch((error: unknown) => error);
    await clock.advance(127);
    expect([alice.said, bob.said]).toEqual([[], []]);
    expect(network.sessions).toHaveLength(2);
    await clock.advance(1);
    expect(await outcome).toMatchObject({ code: 'CONNECTION_LOST' });
    expect(await endOf(alice)).toBe('silent');
    expect(network.sessions).toHaveLength(1);
  });

  test('is made silent by the test', async () => {
    const { world, clock, network, alice, bob, users } = await talk({});
    expect(await network.silence(users.bob.id)).toBe(1);
    await alice.send(TextContent.create('a'), users.bob.id);
    await settled(world);
    expect([alice.said, bob.said]).toEqual([['Message delivered.'], []]);
    await clock.advance(128);
    expect(await endOf(bob)).toBe('silent');
    await bob.logIn();
    await settled(world);
    expect(bob.said).toContain('a');
  });

  test('starts anew: all connections end, what is stored stays', async () => {
    const { world, network, alice, bob, users } = await talk({});
    await bob.connection?.close();
    await alice.send(TextContent.create('a'), users.bob.id);
    await settled(world);
    network.faults = { restartRate: 1 };
    await expect(alice.send(TextContent.create('b'), users.bob.id)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(await endOf(alice)).toBe('ended');
    await settled(world);
    expect(network.sessions).toEqual([]);
    network.faults = {};
    await bob.logIn();
    await settled(world);
    expect(texts(bob)).toContain('a');
    expect(texts(bob)).not.toContain('b');
  });

  test('loses what it has acknowledged, if it is told to', async () => {
    const { world, network, alice, bob, users } = await talk({ loseRate: 1 });
    await alice.send(TextContent.create('a'), users.bob.id);
    await settled(world);
    expect([alice.said, bob.said, network.kept()]).toEqual([[], [], []]);
  });

  test('says what a test wants it to say', async () => {
    const { world, network, alice, bob, users } = await talk({});
    const bytes = await alice.pack(TextContent.create('forged'), users.bob.id);
    expect(await network.inject(bytes, users.bob.id)).toBe(1);
    expect(await network.inject(dim.ReliableMessage.decode(bytes), users.bob.id)).toBe(1);
    expect(await network.inject(bytes, world.carol.id)).toBe(0);
    await settled(world);
    expect(bob.said).toEqual(['forged', 'forged']);
  });
});

describe('what a test puts there', () => {
  test('is kept, and comes with what others wrote', async () => {
    const { world, network, alice, bob, users } = await talk({});
    await bob.connection?.close();
    const message = dim.ReliableMessage.decode(await alice.pack(TextContent.create('kept'), users.bob.id));
    network.keep(message, users.bob.id);
    expect(network.kept(users.bob.id)).toHaveLength(1);
    await bob.logIn();
    await settled(world);
    expect(bob.said).toContain('kept');
    expect(network.kept()).toEqual([]);
  });
});

describe('connecting', () => {
  async function connect({ network, clock }: World, address = network.address, abort = new AbortController()) {
    return network.transport.connect(address, { clock, logger: silentLogger, signal: abort.signal });
  }

  test('fails where nobody is', async () => {
    const world = await makeWorld();
    const elsewhere = { ...world.network.address, port: 1 };
    await expect(connect(world, elsewhere)).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
  });

  test('fails while the network is away, which ends all connections', async () => {
    const world = await makeWorld();
    const connection = await connect(world);
    world.network.offline();
    expect((await connection.ended).reason).toBe('failed');
    await expect(connect(world)).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    world.network.online();
    await (await connect(world)).close();
  });

  test('fails as often as it is told to', async () => {
    const world = await makeWorld({ faults: { refuseRate: 0.5 } });
    const tries = await Promise.allSettled(Array.from({ length: 40 }, async () => connect(world)));
    const failed = tries.filter(({ status }) => status === 'rejected').length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(32);
  });

  test('takes time, and can be given up', async () => {
    const world = await makeWorld({ faults: { delay: 5 } });
    const abort = new AbortController();
    const first = connect(world);
    const second = connect(world, world.network.address, abort);
    abort.abort(new Error('never mind'));
    await expect(second).rejects.toThrow('never mind');
    await world.clock.advance(5);
    expect((await first).name).toBe('test://station.test:9394/1');
    await expect(connect(world, world.network.address, abort)).rejects.toThrow('never mind');
  });

  test('gives one reader what came, also after the end', async () => {
    const { world, network, bob, alice, users } = await talk({});
    const connection = await connect(world);
    const iterator = connection.incoming[Symbol.asyncIterator]();
    expect(() => connection.incoming[Symbol.asyncIterator]()).toThrow(
      expect.objectContaining({ code: 'USAGE_ARGUMENT' }),
    );
    const hello = await alice.pack(TextContent.create('hi'), users.bob.id);
    await connection.send(hello);
    await settled(world);
    await network.cut();
    const next = await iterator.next();
    expect(next.done).toBe(false);
    if (next.done !== true) next.value.acknowledge();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    await expect(connection.send(hello)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(bob.said).toEqual([]);
  });

  test('an error says of which network and seed it is', async () => {
    const world = await makeWorld({ seed: 4711 });
    const connection = await connect(world);
    await world.network.cut();
    await expect(connection.send(new Uint8Array(8))).rejects.toThrow('seed 4711');
  });
});

describe('what is no fault', () => {
  const wrong: readonly NetworkFaults[] = [
    { cutRate: 2 },
    { refuseRate: -1 },
    { loseRate: Number.NaN },
    { delay: -1 },
    { delay: [2, 1] },
    { unnoticed: Infinity },
    { cutAt: [] },
    { cutAt: ['after' as 'after-arrival'] },
  ];

  test.each(wrong)('%j', async (faults) => {
    await expect(makeWorld({ faults })).rejects.toMatchObject({ code: 'USAGE_ARGUMENT' });
    const { network } = await makeWorld();
    expect(() => (network.faults = faults)).toThrow(expect.objectContaining({ code: 'USAGE_ARGUMENT' }));
    expect(network.faults).toEqual({});
  });

  test('and no seed', async () => {
    await expect(makeWorld({ seed: 0.5 })).rejects.toMatchObject({ code: 'USAGE_ARGUMENT' });
  });

  test('and no station', async () => {
    const { alice } = await makeWorld();
    await expect(makeWorld({ station: alice })).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path: 'station.id' });
  });
});
