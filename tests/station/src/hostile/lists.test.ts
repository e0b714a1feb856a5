/** What a station is asked, and what users do not want to hear. */
import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { AnsCommand, BlockCommand, EVERYONE, LoginCommand, MuteCommand, SearchCommand, TextContent } from 'dimp';
import type { CachedMessage } from 'dimstation';
import { RawClient } from '../raw-client.ts';
import { dim, person, World } from '../world.ts';

let world: World | undefined;

async function start(options: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  world = await new World(options).start();
  return world;
}

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

async function open(here: World, name: string): Promise<RawClient> {
  const client = await RawClient.open(dim, person(name), await here.network.connect());
  for (const contact of ['Alice', 'Bob', 'Mallory'])
    if (contact !== name) await dim.addContact(client.store, person(contact));
  return client;
}

async function come(here: World, name: string): Promise<RawClient> {
  return (await open(here, name)).logIn();
}

test('who is blocked is not delivered, and who is muted wakes nobody', async () => {
  const cached: CachedMessage[] = [];
  const here = await start({ cached: (message) => void cached.push(message) });
  const bob = await come(here, 'Bob');
  await bob.say(BlockCommand.update([person('Mallory').id]), bob.station);
  strictEqual(await bob.receipt(), 'Block received.');
  await bob.say(MuteCommand.update([person('Alice').id]), bob.station);
  strictEqual(await bob.receipt(), 'Mute received.');
  await bob.say(BlockCommand.query(), bob.station);
  const { content } = await bob.hear('block');
  deepStrictEqual(content.fields['list'], [person('Mallory').id.toString()]);
  await bob.connection.close();
  const [alice, mallory, carol] = [await come(here, 'Alice'), await come(here, 'Mallory'), await come(here, 'Carol')];
  await mallory.say(TextContent.create('let me in'), bob.user.id);
  await alice.say(TextContent.create('quiet'), bob.user.id);
  await dim.addContact(carol.store, bob.user);
  await carol.say(TextContent.create('loud'), bob.user.id);
  strictEqual(await carol.receipt(), 'Message cached.');
  deepStrictEqual(
    cached.map(({ sender }) => sender.toString()),
    [person('Carol').id.toString()],
  );
  strictEqual((await here.engine.mailbox.total()).messages, 2);
});

test('names and people are found, and what is unknown is said', async () => {
  const here = await start({ names: { helper: person('Alice').id } });
  const [bob] = [await come(here, 'Bob'), await come(here, 'Alice')];
  await bob.say(AnsCommand.query(['helper', 'nobody']), bob.station);
  const { fields } = (await bob.hear('ans')).content;
  deepStrictEqual(fields['records'], { helper: person('Alice').id.toString() });
  deepStrictEqual(fields['missed'], ['nobody']);
  await bob.say(SearchCommand.query(['alice']), bob.station);
  deepStrictEqual((await bob.hear('search')).content.fields['users'], [person('Alice').id.toString()]);
});

test('a login is the newest one of its user, and not one of the future', async () => {
  const here = await start();
  const bob = await come(here, 'Bob');
  const station = { did: here.station.id, host: '127.0.0.1', port: 9394 };
  const now = Date.now() / 1000;
  await bob.say(LoginCommand.create({ did: bob.user.id, station }, { time: now + 3600 }), EVERYONE);
  await bob.say(LoginCommand.create({ did: bob.user.id, station }, { time: now }), EVERYONE);
  strictEqual(await bob.receipt(), 'Login received.');
  const kept = await here.engine.records.list('login', '', 10);
  strictEqual(kept.length, 1);
});

test('who asks without end before the login is shut out', async () => {
  const here = await start();
  const alice = await open(here, 'Alice');
  await alice.greet();
  await rejects(async () => {
    for (let count = 0; count < 1000; count++) await alice.say(AnsCommand.query(['x']), alice.station);
  });
  ok(here.station.sessions().length === 0);
});
