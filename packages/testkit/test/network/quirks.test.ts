/** What deployed stations do and a right one does not: only where a test asks for it. */
import { describe, expect, test } from '@jest/globals';
import { AnsCommand, MetaCommand, TextContent } from 'dimp';
import type { NetworkQuirks } from '../../src/network/index.ts';
import { dim } from './people.ts';
import type { TinyClient } from './tiny-client.ts';
import { makeWorld, type World } from './world.ts';

const ANY_STATION = dim.ID.parse('station@anywhere');

async function settled({ clock, network }: World): Promise<void> {
  await network.settled();
  await clock.settled();
}

async function talk(quirks: NetworkQuirks): Promise<{ world: World; alice: TinyClient; bob: TinyClient }> {
  const world = await makeWorld({ quirks, names: { bobby: (await makeWorld()).bob.id } });
  const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
  await bob.logIn();
  await alice.logIn();
  alice.arrived.length = 0;
  bob.arrived.length = 0;
  return { world, alice, bob };
}

describe.each([true, false])('where it is %p that a deployed station is meant', (isOn) => {
  test('a message has a second part for nobody, and two receipts', async () => {
    const { world, alice, bob } = await talk({ sendsSecondPart: isOn });
    await alice.send(TextContent.create('a'), world.bob.id);
    await settled(world);
    expect(alice.said).toEqual(isOn ? ['Message delivered.', 'Message cached.'] : ['Message delivered.']);
    const rcpts = alice.arrived.map(({ content }) => (content.fields['origin'] as { rcpt: string }).rcpt);
    expect(rcpts).toEqual([world.bob.id.toString(), `${world.bob.id.toString()}//`].slice(0, isOn ? 2 : 1));
    expect(bob.said).toEqual(['a']);
  });

  test('commands before the login are asked to wait', async () => {
    const world = await makeWorld({ quirks: { asksBeforeLogin: isOn } });
    const alice = await world.client(world.alice);
    await alice.connect();
    await alice.send(MetaCommand.query(world.bob.id), ANY_STATION, { introduce: true });
    await settled(world);
    expect(alice.said).toEqual([isOn ? 'DIM?' : 'Meta not found.']);
  });

  test('what clients write into the envelope is believed', async () => {
    const { world, alice, bob } = await talk({ believesEnvelopes: isOn });
    const { fields } = dim.ReliableMessage.decode(await alice.pack(TextContent.create('a'), world.bob.id));
    await alice.connection?.send(dim.ReliableMessage.parse({ ...fields, from: '/tablet' }).encode());
    await settled(world);
    expect(bob.arrived[0]?.unpacked.message.fields['from']).toBe(isOn ? '/tablet' : '/');
  });

  test('one unknown name is an answer to none', async () => {
    const { world, alice } = await talk({ dropsUnknownNames: isOn });
    await alice.send(AnsCommand.query(['bobby', 'nobody']), ANY_STATION);
    await settled(world);
    const [answer] = alice.arrived.map(({ content }) => content);
    expect(answer?.fields['missed']).toEqual(isOn ? undefined : ['nobody']);
    const records = answer instanceof AnsCommand ? answer.records : undefined;
    expect(records?.get('bobby')?.toString()).toEqual(isOn ? undefined : world.bob.id.toString());
  });

  test('what was stored comes in the order of seconds, and within one in any', async () => {
    const { world, alice, bob } = await talk({ ordersBySeconds: isOn });
    await bob.connection?.close();
    const start = Math.floor(world.clock.now()) + 1;
    const numbers = Array.from({ length: 12 }, (_, number) => number);
    for (const number of numbers)
      await alice.send(TextContent.create(`t${number}`, { time: start + number / 6 }), world.bob.id);
    await settled(world);
    await bob.logIn();
    await settled(world);
    const said = bob.said.filter((text) => text.startsWith('t')).map((text) => Number(text.slice(1)));
    expect(said.map((number) => Math.floor(number / 6))).toEqual(numbers.map((number) => Math.floor(number / 6)));
    // By chance they are in order once in half a million runs.
    expect(said.join() === numbers.join()).toBe(!isOn);
  });

  test('nothing is stored, and that is not said', async () => {
    const { world, alice, bob } = await talk({ storesNothing: isOn });
    await bob.connection?.close();
    await alice.send(TextContent.create('a'), world.bob.id);
    await settled(world);
    expect(alice.said).toEqual(['Message cached.']);
    expect(world.network.kept()).toHaveLength(isOn ? 0 : 1);
  });
});
