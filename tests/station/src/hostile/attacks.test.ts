/** What attackers tried, each once: what came of it must not come again. */
import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ArrayContent, TextContent, type User } from 'dimp';
import { decodeUtf8, encodeUtf8 } from 'dimp/extend';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

let world: World | undefined;

async function start(options: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  world = await new World(options).start();
  return world;
}

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

async function come(here: World, name: string, user: User = person(name)): Promise<RawClient> {
  const client = await RawClient.open(dim, user, await here.network.connect());
  for (const other of ['Alice', 'Bob', 'Mallory'])
    if (other !== name) await dim.addContact(client.store, person(other));
  return client.logIn();
}

const text = (words: string): TextContent => TextContent.create(words);

test('a line break in a message ends it: nobody brings another message within its own', async () => {
  const here = await start();
  const [alice, bob, mallory] = [await come(here, 'Alice'), await come(here, 'Bob'), await come(here, 'Mallory')];
  const hidden = decodeUtf8(await alice.pack(text('of Alice'), bob.user.id));
  const own = decodeUtf8(await mallory.pack(text('of Mallory'), bob.user.id));
  for (const [begin, end] of [
    [' {"from":"/z","x":[\n', '\n],'],
    [' {"x":[\r', '\r],'],
    ['{"x":[\n', '\n],'],
  ])
    await mallory.connection.send(encodeUtf8(`${begin}${hidden}${end}${own.slice(1)}`));
  await mallory.say(text('last'), bob.user.id);
  const { content, bytes } = await bob.hear('text');
  strictEqual(content.fields['text'], 'last');
  ok(!bytes.includes(0x0a) && !bytes.includes(0x0d));
});

test('of two fields of one name none counts', async () => {
  const here = await start();
  const [alice, bob] = [await come(here, 'Alice'), await come(here, 'Bob')];
  const written = decodeUtf8(await alice.pack(text('twice'), bob.user.id));
  for (const more of [`"sender":"${bob.user.id.toString()}",`, String.raw`"s\u0065nder":"${bob.user.id.toString()}",`])
    await alice.connection.send(encodeUtf8(`{${more}${written.slice(1)}`));
  await alice.say(text('once'), bob.user.id);
  strictEqual((await bob.hear('text')).content.fields['text'], 'once');
});

test('a receipt repeats nothing that is long', async () => {
  const here = await start();
  const alice = await come(here, 'Alice');
  const contents = Array.from({ length: 32 }, (_, sn) =>
    dim.Content.parse({ type: '136', sn: sn + 1, command: 'what' }),
  );
  const bytes = await alice.pack(ArrayContent.create(contents), alice.station);
  await alice.sendChanged(bytes, { padding: 'x'.repeat(500_000) });
  const { bytes: answer } = await alice.hear('receipt');
  ok(answer.length < 200_000, `${answer.length} bytes`);
});

test('what is for a device without a terminal is not taken by another one', async () => {
  const here = await start();
  const { tablet } = await here.withDevices('Carol', ['tablet']);
  const own = onlyAt(tablet, 'tablet');
  const atTablet = await RawClient.open(dim, own, await here.network.connect(), own.id.at('tablet'));
  await atTablet.logIn();
  // The phone comes later: its visa has no terminal.
  const phone = await come(here, 'Carol');
  await phone.connection.close();
  const alice = await come(here, 'Alice');
  await dim.addContact(alice.store, { ...tablet, visas: [...person('Carol').visas, ...tablet.visas] });
  await alice.say(text('to both'), person('Carol').id);
  await alice.receipt();
  await alice.receipt();
  await dim.addContact(atTablet.store, person('Alice'));
  await atTablet.hear('text');
  await until(async () => (await here.engine.mailbox.total()).messages === 1);
  const back = await come(here, 'Carol');
  strictEqual((await back.hear('text')).content.fields['text'], 'to both');
});

test('nobody fills the mailbox of another by terminals that are not there', async () => {
  const here = await start();
  const [alice, bob] = [await come(here, 'Alice'), person('Bob').id];
  const bytes = await alice.pack(text('x'), bob);
  const names = Array.from({ length: 60 }, (_, count) => `${bob.toString()}/t${count}`);
  await alice.sendChanged(bytes, { keys: Object.fromEntries(names.map((name) => [name, 'AAAA'])) });
  await alice.receipt();
  ok((await here.engine.mailbox.total()).messages <= 3);
});

test('all mailboxes together have an end', async () => {
  const percents = { mailboxTotalSenderPercent: 100, mailboxTotalStrangersPercent: 100 };
  const here = await start({ limits: { mailboxTotalBytes: 9000, ...percents } });
  const alice = await come(here, 'Alice');
  const receipts: string[] = [];
  for (const name of ['Bob', 'Carol', 'Dave', 'Erin', 'Zoe', 'Mallory']) {
    await dim.addContact(alice.store, person(name));
    await alice.say(text('x'.repeat(2000)), person(name).id);
    receipts.push(await alice.receipt());
  }
  deepStrictEqual([receipts[0], receipts[receipts.length - 1]], ['Message cached.', 'Mailbox full.']);
  ok((await here.engine.mailbox.total()).bytes <= 9000);
});

test('one who writes to receivers that do not exist takes a part of all mailboxes, and others write to each other', async () => {
  const TOTAL = 1_000_000;
  const here = await start({ limits: { mailboxTotalBytes: TOTAL } });
  const bob = await come(here, 'Bob');
  await bob.connection.close();
  let sent = 0;
  const flood = async (name: string): Promise<void> => {
    const mallory = await come(here, name);
    const bytes = await mallory.pack(text('x'.repeat(5000)), person('Bob').id);
    for (let count = 0; count < 40; count++) {
      const receiver = `0x${(++sent).toString(16).padStart(40, '0')}`;
      await mallory.sendChanged(bytes, { receiver, keys: undefined, key: 'AAAA' });
      if ((await mallory.receipt()) === 'Mailbox full.') break;
    }
    await mallory.connection.close();
  };
  const waiting = async (): Promise<number> => (await here.engine.mailbox.total()).bytes;
  await flood('Mallory');
  const ofOne = await waiting();
  ok(ofOne > 0.04 * TOTAL && ofOne <= 0.06 * TOTAL, `${ofOne} bytes`);
  for (const name of ['P0', 'P1', 'P2', 'P3']) await flood(name);
  const ofAll = await waiting();
  ok(ofAll > 0.1 * TOTAL && ofAll <= 0.12 * TOTAL, `${ofAll} bytes`);
  const alice = await come(here, 'Alice');
  await alice.say(text('hello'), person('Bob').id);
  strictEqual(await alice.receipt(), 'Message cached.');
});

test('a payload with more messages than any has is refused, and not cut', async () => {
  const here = await start();
  const [alice, bob] = [await come(here, 'Alice'), await come(here, 'Bob')];
  const line = decodeUtf8(await alice.pack(text('many'), bob.user.id));
  await alice.connection.send(encodeUtf8(Array.from({ length: 300 }, () => line).join('\n')));
  await alice.say(text('one'), bob.user.id);
  strictEqual((await bob.hear('text')).content.fields['text'], 'one');
});

test('who brings many messages before the login has none of them verified', async () => {
  const here = await start();
  const alice = await RawClient.open(dim, person('Alice'), await here.network.connect());
  await alice.greet();
  const lines: string[] = [];
  for (let count = 0; count < 200; count++) lines.push(decodeUtf8(await alice.pack(text(`${count}`), alice.station)));
  await rejects(alice.connection.send(encodeUtf8(lines.join('\n'))));
  deepStrictEqual(here.station.sessions(), []);
});

/** A user with the keys of one device alone. */
function onlyAt(user: User, terminal: string): User {
  const visas = user.visas.filter((visa) => visa.terminal === terminal);
  const decrypt = user.keys.decrypt.filter((key) => key.terminal === terminal);
  return { ...user, visas, keys: { ...user.keys, decrypt } };
}
