/** Only stations that are trusted have messages pushed that nobody keeps. What others write is kept, or refused, as ever. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { BlockCommand, DimError, EVERYONE, TextContent, type User } from 'dimp';
import type { StationOptions } from 'dimstation';
import { stationIdentity } from '../bridge/region.ts';
import type { MemoryConnection } from '../memory-transport.ts';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

let world: World | undefined;

async function start(options: Partial<StationOptions> = {}): Promise<World> {
  world = await new World(options).start();
  return world;
}

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

async function come(here: World, user: User): Promise<RawClient> {
  const client = await RawClient.open(dim, user, await here.network.connect());
  for (const other of ['Alice', 'Bob', 'Mallory'].map(person))
    if (!other.id.equals(user.id)) await dim.addContact(client.store, other);
  return client.logIn();
}

const BOB = person('Bob').id;

async function sayForEverybody(client: RawClient, words: string): Promise<void> {
  const bytes = await client.pack(TextContent.create(words), EVERYONE);
  await client.sendChanged(bytes, { receiver: BOB.toString(), group: EVERYONE.toString() });
}

test('who is blocked reaches nobody by a message that is for everybody, or as a station', async () => {
  const here = await start();
  const [bob, alice, mallory] = [
    await come(here, person('Bob')),
    await come(here, person('Alice')),
    await come(here, person('Mallory')),
  ];
  const station = await come(here, await stationIdentity('Castle'));
  await bob.say(BlockCommand.update([mallory.user.id, station.user.id]), bob.station);
  strictEqual(await bob.receipt(), 'Block received.');
  await sayForEverybody(mallory, 'for everybody');
  await station.say(TextContent.create('as a station'), BOB, true);
  await alice.say(TextContent.create('of a friend'), BOB);
  strictEqual((await bob.hear('text')).content.fields['text'], 'of a friend');
});

test('what is for everybody, or of a station that is no neighbor, waits for the receiver as any other', async () => {
  const here = await start({ limits: { mailboxMessages: 4 } });
  const mallory = await come(here, person('Mallory'));
  const station = await come(here, await stationIdentity('Castle'));
  for (let index = 0; index < 10; index += 1) {
    await sayForEverybody(mallory, `${index}`);
    await station.say(TextContent.create(`${index}`), BOB, true);
  }
  const { messages } = await here.engine.mailbox.total();
  strictEqual(messages > 0 && messages <= 4, true, `${messages} wait`);
});

test('what a neighbor says is kept for nobody, and dropped where the receiver takes little', async () => {
  const borough = await stationIdentity('Borough');
  const counted: string[] = [];
  const transport = { connect: async () => Promise.reject(new DimError('CONNECTION_FAILED', 'nobody listens')) };
  const neighbors = [{ id: borough.id, host: '127.0.0.1', port: 1 }];
  const here = await start({
    bridge: { transport, neighbors },
    meter: { add: (what, count = 1) => void (count > 0 && counted.push(what)) },
  });
  const neighbor = await come(here, borough);
  const bob = await come(here, person('Bob'));
  await dim.addContact(bob.store, borough);
  const connection = bob.connection as MemoryConnection;
  connection.untaken = 1024 * 1024;
  await neighbor.say(TextContent.create('too much'), BOB, true);
  await until(() => counted.includes('dropped'));
  connection.untaken = 0;
  await neighbor.say(TextContent.create('enough'), BOB, true);
  strictEqual((await bob.hear('text')).content.fields['text'], 'enough');
  deepStrictEqual(
    [(await here.engine.mailbox.total()).messages, counted.filter((what) => what === 'dropped').length],
    [0, 1],
  );
});
