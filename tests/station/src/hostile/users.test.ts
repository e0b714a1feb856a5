/** How many may log in: who has not been here for long makes room, nobody else does, and who finds none is told. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { HandshakeCommand, TextContent } from 'dimp';
import { textOf } from 'dimp/extend';
import { TestClock } from 'dimtestkit/network';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

const DAY = 24 * 60 * 60;
let world: World | undefined;

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

async function open(here: World, name: string): Promise<RawClient> {
  const client = await RawClient.open(dim, person(name), await here.network.connect());
  for (const other of ['Alice', 'Bob', 'Carol', 'P0'])
    if (other !== name) await dim.addContact(client.store, person(other));
  return client;
}

/** Comes in, and goes. */
async function visit(here: World, ...names: readonly string[]): Promise<void> {
  for (const name of names) await (await (await open(here, name)).logIn()).connection.close();
}

/** What somebody is told who wants to come in. */
async function knock(here: World, name: string): Promise<string> {
  const client = await open(here, name);
  await client.greet();
  await client.say(HandshakeCommand.offer(client.session, { station: client.station }), client.station);
  const { content } = await client.next();
  await client.connection.close();
  return textOf(content.fields, content.kind === 'receipt' ? 'text' : 'title');
}

const countOf = async (here: World): Promise<number> => here.engine.records.count('user');

test('who has not been here for long is forgotten for others: not who is here, has a name, or has something waiting', async () => {
  const clock = new TestClock();
  const limits = { users: 10, userDays: 30, daysKept: 365 };
  const here = await new World({ clock, limits, names: { archivist: person('Carol').id } }).start();
  world = here;
  const alice = await (await open(here, 'Alice')).logIn();
  await visit(here, 'Bob', 'Carol', 'P0', 'P1');
  await alice.say(TextContent.create('for later'), person('Bob').id);
  strictEqual(await alice.receipt(), 'Message cached.');
  await clock.advance(20 * DAY);
  await visit(here, 'P1', 'P2', 'P3', 'P4', 'P5');
  strictEqual(await countOf(here), 9);
  await clock.advance(15 * DAY);
  // There is room, as long as a tenth is free.
  strictEqual(await countOf(here), 9);
  await visit(here, 'P6');
  strictEqual(await countOf(here), 10);
  strictEqual(await knock(here, 'P7'), 'This station takes no new users.');
  await clock.advance(601);
  await until(async () => (await countOf(here)) === 9);
  const isKnown = async (name: string): Promise<boolean> =>
    (await here.engine.records.read('user', person(name).id.entityKey)) !== undefined;
  const known: string[] = [];
  for (const name of ['Alice', 'Bob', 'Carol', 'P0', 'P1', 'P2']) if (await isKnown(name)) known.push(name);
  deepStrictEqual(known, ['Alice', 'Bob', 'Carol', 'P1', 'P2']);
  // Whoever was forgotten is learned again, and has lost nothing.
  strictEqual(await knock(here, 'P0'), 'DIM!');
  ok(await isKnown('P0'));
  const bob = await (await open(here, 'Bob')).logIn();
  strictEqual((await bob.hear('text')).content.fields['text'], 'for later');
});

test('where nobody can be forgotten, who is known comes in, and who is new is told why not', async () => {
  const clock = new TestClock();
  const here = await new World({ clock, limits: { users: 2 } }).start();
  world = here;
  await visit(here, 'P0', 'P1');
  await clock.advance(1000);
  strictEqual(await knock(here, 'P2'), 'This station takes no new users.');
  strictEqual(await knock(here, 'P1'), 'DIM!');
  strictEqual(here.station.users, 0);
  strictEqual(await countOf(here), 2);
});
