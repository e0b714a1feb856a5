/** Many invented identities fill half of somebody's mailbox at most: whom that one has written to gets through. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ReceiptCommand, TextContent } from 'dimp';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

const MOST = 40;
let world: World | undefined;

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

async function start(): Promise<World> {
  world = await new World({ limits: { mailboxMessages: MOST } }).start();
  return world;
}

async function come(here: World, name: string): Promise<RawClient> {
  const client = await RawClient.open(dim, person(name), await here.network.connect());
  const others = ['Alice', 'Bob', ...Array.from({ length: 12 }, (_, count) => `P${count}`)];
  for (const other of others) if (other !== name) await dim.addContact(client.store, person(other));
  return client.logIn();
}

/** Writes to Bob until there is no room. @returns how many messages there was room for */
async function fill(here: World, name: string): Promise<number> {
  const client = await come(here, name);
  for (let sent = 0; ; sent++) {
    await client.say(TextContent.create(String(sent)), person('Bob').id);
    if ((await client.receipt()) !== 'Mailbox full.') continue;
    await client.connection.close();
    return sent;
  }
}

const waiting = async ({ engine }: World): Promise<number> => (await engine.mailbox.total()).messages;

/** Strangers, until none of them finds room. */
async function flood(here: World): Promise<void> {
  for (let count = 0; count < 12; count++) if ((await fill(here, `P${count}`)) === 0) return;
  throw new Error('there is room for all of them');
}

test('strangers fill half of a mailbox, and whom the user has written to has the other half', async () => {
  const here = await start();
  const bob = await come(here, 'Bob');
  await bob.say(TextContent.create('hello'), person('Alice').id);
  strictEqual(await bob.receipt(), 'Message cached.');
  await bob.connection.close();
  await flood(here);
  // Alice has one message waiting.
  strictEqual((await waiting(here)) - 1, MOST / 2);
  // Whom a user has written to is remembered.
  await here.stop();
  await here.start();
  strictEqual(await fill(here, 'Alice'), MOST / 4);
  // Who has written to nobody is no more than another stranger.
  strictEqual(await fill(here, 'Carol'), 0);
});

test('what waits of strangers makes room for others of them when it is fetched', async () => {
  const here = await start();
  await flood(here);
  const bob = await come(here, 'Bob');
  for (let count = 0; count < MOST / 2; count++) await bob.hear('text');
  await until(async () => (await waiting(here)) === 0);
  await bob.connection.close();
  ok((await fill(here, 'Carol')) > 0);
});

test('a receipt that a client gives by itself makes nobody known', async () => {
  const here = await start();
  const bob = await come(here, 'Bob');
  const bytes = await bob.pack(ReceiptCommand.create('Message received.'), person('P0').id);
  await bob.sendChanged(bytes, { type: '136' });
  strictEqual(await bob.receipt(), 'Message cached.');
  deepStrictEqual(await here.engine.records.count('correspondent'), 0);
});

test('as many are remembered as may be, the last ones', async () => {
  const here = await start();
  const key = person('Bob').id.entityKey;
  const keys = Array.from({ length: 1024 }, (_, index) => `somebody ${index}`);
  await here.engine.records.write([{ table: 'correspondent', key, value: { keys }, writtenAt: 1 }]);
  const bob = await come(here, 'Bob');
  await bob.say(TextContent.create('hello'), person('Alice').id);
  strictEqual(await bob.receipt(), 'Message cached.');
  const record = await here.engine.records.read('correspondent', key);
  deepStrictEqual(record?.['keys'], [...keys.slice(1), person('Alice').id.entityKey]);
});
