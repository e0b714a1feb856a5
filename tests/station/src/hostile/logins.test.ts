/** Logins of people who never came in are kept for nobody, and those that are kept have an end. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { EVERYONE, HandshakeCommand, LoginCommand } from 'dimp';
import { TestClock } from 'dimtestkit/network';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

const DAY = 24 * 60 * 60;
let world: World | undefined;

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

async function start(options: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  world = await new World(options).start();
  return world;
}

async function open(here: World, name: string): Promise<RawClient> {
  return RawClient.open(dim, person(name), await here.network.connect());
}

function login(here: World, name: string, more: { readonly agent?: string; readonly at?: string } = {}): LoginCommand {
  const { at = here.identity.id.toString(), agent } = more;
  const station = { did: dim.ID.parse(at), host: 'here.test', port: 1 };
  return LoginCommand.create({ did: person(name).id, station, ...(agent !== undefined && { agent }) });
}

const kept = async ({ engine: { records } }: World): Promise<readonly number[]> =>
  Promise.all(['login', 'away'].map(async (table) => records.count(table)));

test('a login of somebody who has not come in is kept for nobody', async () => {
  const here = await start();
  const mallory = await open(here, 'Mallory');
  await mallory.greet();
  for (const at of [undefined, person('Alice').id.toString()])
    await mallory.say(login(here, 'Mallory', { ...(at !== undefined && { at }) }), mallory.station);
  // What is behind it is answered when it was dealt with.
  await mallory.greet();
  deepStrictEqual(await kept(here), [0, 0]);
});

test('what was said before the login counts after it, as clients say it', async () => {
  const here = await start();
  const alice = await open(here, 'Alice');
  await alice.greet();
  // It is not acknowledged before.
  const said = alice.say(login(here, 'Alice'), EVERYONE);
  await alice.say(HandshakeCommand.offer(alice.session, { station: alice.station }), alice.station);
  await said;
  strictEqual(await alice.receipt(), 'Login received.');
  deepStrictEqual(await kept(here), [1, 1]);
});

test('a login with more words than any has is not kept', async () => {
  const here = await start();
  const alice = await (await open(here, 'Alice')).logIn();
  await alice.say(login(here, 'Alice', { agent: 'x'.repeat(9000) }), EVERYONE);
  await alice.say(login(here, 'Alice', { agent: 'short' }), EVERYONE);
  strictEqual(await alice.receipt(), 'Login received.');
  const [record] = await here.engine.records.list('login', '', 10);
  strictEqual(JSON.stringify(record?.value).length < 8 * 1024, true);
});

test('logins are forgotten when they are old, and where there are too many', async () => {
  const clock = new TestClock();
  const here = await start({ clock, limits: { users: 3, userDays: 30 } });
  const come = async (name: string): Promise<void> => {
    const client = await (await open(here, name)).logIn();
    await client.say(login(here, name), EVERYONE);
    await client.receipt();
    await client.connection.close();
  };
  for (const name of ['Alice', 'Bob', 'Carol']) await come(name);
  // As of those who are at neighbors.
  for (const key of ['one', 'another']) {
    const value = { logins: [] };
    await here.engine.records.write([{ table: 'login', key, value, writtenAt: clock.now() - DAY }]);
  }
  deepStrictEqual(await kept(here), [5, 3]);
  await clock.advance(601);
  await until(async () => (await kept(here))[0] === 3);
  strictEqual(await here.engine.records.read('login', 'one'), undefined);
  await clock.advance(31 * DAY);
  deepStrictEqual(await kept(here), [0, 0]);
});
