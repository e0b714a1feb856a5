/** Who is not who it says, is not let in, or is not heard. */
import { deepStrictEqual, notStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { HandshakeCommand, ReportCommand, TextContent, type JsonMap } from 'dimp';
import { textOf } from 'dimp/extend';
import type { Counted } from 'dimstation';
import { changed, RawClient } from '../raw-client.ts';
import { dim, person, World } from '../world.ts';

const counts = new Map<Counted, number>();
const meter = { add: (what: Counted, count = 1) => void counts.set(what, (counts.get(what) ?? 0) + count) };
let world: World | undefined;

async function start(options: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  counts.clear();
  world = await new World({ meter, ...options }).start();
  return world;
}

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

async function open(here: World, name: string): Promise<RawClient> {
  const client = await RawClient.open(dim, person(name), await here.network.connect());
  for (const other of ['Alice', 'Bob', 'Mallory', 'Carol'])
    if (other !== name) await dim.addContact(client.store, person(other));
  return client;
}

async function come(here: World, name: string): Promise<RawClient> {
  return (await open(here, name)).logIn();
}

const text = (words: string): TextContent => TextContent.create(words);

test('nobody sends in the name of another', async () => {
  const here = await start();
  const [alice, mallory, bob] = [await come(here, 'Alice'), await come(here, 'Mallory'), await come(here, 'Bob')];
  // A real message of Alice, and one that Mallory made.
  const real = await alice.pack(text('from Alice'), bob.user.id);
  await mallory.connection.send(real);
  strictEqual(await mallory.receipt(), 'Sender not accepted.');
  await mallory.sendChanged(await mallory.pack(text('forged'), bob.user.id), { sender: alice.user.id.toString() });
  strictEqual(await mallory.receipt(), 'Sender not accepted.');
  await alice.connection.send(real);
  const { content } = await bob.hear('text');
  strictEqual(content.fields['text'], 'from Alice');
  strictEqual(counts.get('refused'), 2);
});

test('a signature that is not right is refused before anything is kept', async () => {
  const here = await start();
  const alice = await come(here, 'Alice');
  const bytes = await alice.pack(text('hello'), person('Bob').id);
  const { fields } = dim.ReliableMessage.decode(bytes);
  for (const name of ['data', 'signature']) {
    await alice.sendChanged(bytes, { [name]: damaged(fields, name) });
    strictEqual(await alice.receipt(), 'Signature not valid.');
  }
  strictEqual((await here.engine.mailbox.total()).messages, 0);
});

test('a handshake counts for its own connection alone', async () => {
  const here = await start();
  const first = await open(here, 'Alice');
  await first.greet();
  const answer = await first.pack(HandshakeCommand.offer(first.session, { station: first.station }), first.station);
  await first.connection.send(answer);
  strictEqual((await first.hear('handshake')).content.fields['title'], 'DIM!');
  // The same again, elsewhere: nothing comes of it. What is signed anew for the first connection is of no use either.
  const second = await open(here, 'Alice');
  await second.greet();
  notStrictEqual(first.session, second.session);
  await second.connection.send(answer);
  await second.say(HandshakeCommand.offer(first.session, { station: first.station }), second.station);
  const again = await second.hear('handshake');
  strictEqual(again.content.fields['title'], 'DIM?');
  strictEqual(again.content.fields['session'], second.session);
  strictEqual(here.station.sessions().filter(({ user }) => user !== undefined).length, 1);
});

test('a handshake that was signed for another station lets nobody in', async () => {
  const here = await start();
  const alice = await open(here, 'Alice');
  await alice.greet();
  const elsewhere = dim.ID.parse(person('Mallory').id.toString());
  await alice.say(HandshakeCommand.offer(alice.session, { station: elsewhere }), alice.station);
  strictEqual((await alice.hear('handshake')).content.fields['title'], 'DIM?');
  await alice.say(HandshakeCommand.offer('0'.repeat(64)), alice.station);
  strictEqual((await alice.hear('handshake')).content.fields['title'], 'DIM?');
  strictEqual(here.station.users, 0);
});

test('nobody else comes in over a connection that is somebody’s', async () => {
  const here = await start();
  const alice = await come(here, 'Alice');
  const mallory = new RawClient(dim, person('Mallory'), alice.connection);
  await dim.addUser(mallory.store, mallory.user);
  mallory.station = alice.station;
  const offer = HandshakeCommand.offer(alice.session, { station: alice.station });
  await mallory.connection.send(await mallory.pack(offer, dim.ID.parse('station@anywhere'), true));
  strictEqual(await alice.receipt(), 'Sender not accepted.');
  deepStrictEqual(
    here.station.sessions().map(({ user }) => user?.toString()),
    [alice.user.id.toString()],
  );
});

test('what comes before the login waits for it, within bounds, and is not acknowledged before', async () => {
  const here = await start({ limits: { waitingForLogin: 3 } });
  const bob = await come(here, 'Bob');
  const alice = await open(here, 'Alice');
  await alice.greet();
  let acknowledged = 0;
  for (const words of ['1', '2', '3', '4', '5'])
    void alice.connection.send(await alice.pack(text(words), bob.user.id)).then(
      () => (acknowledged += 1),
      // Those that were dropped are never acknowledged: they come again.
      () => undefined,
    );
  // They were answered with the question who it is.
  await alice.hear('handshake');
  strictEqual(acknowledged, 0);
  await alice.say(HandshakeCommand.offer(alice.session, { station: alice.station }), alice.station);
  const read = [await bob.hear('text'), await bob.hear('text'), await bob.hear('text')];
  deepStrictEqual(
    read.map(({ content }) => content.fields['text']),
    ['3', '4', '5'],
  );
  strictEqual(acknowledged, 3);
});

test('what a client writes into the fields of stations does not count', async () => {
  const here = await start();
  const [alice, bob, mallory] = [await come(here, 'Alice'), await come(here, 'Bob'), await come(here, 'Mallory')];
  const station = here.station.id.toString();
  await alice.sendChanged(await alice.pack(text('for Bob'), bob.user.id), {
    rcpt: mallory.user.id.toString(),
    from: mallory.user.id.toString(),
    traces: [{ did: station, ID: station, time: 1 }],
    recipients: [station],
    neighbor: station,
  });
  const { fields, content } = await bob.hear('text');
  strictEqual(content.fields['text'], 'for Bob');
  strictEqual(fields['rcpt'], bob.user.id.toString());
  strictEqual((fields['traces'] as readonly unknown[]).length, 1);
  strictEqual(fields['neighbor'], undefined);
  strictEqual(fields['recipients'], undefined);
  ok(fields['from'] === undefined || fields['from'] === '/');
});

test('a message that comes again goes out once', async () => {
  const here = await start();
  const [alice, bob] = [await come(here, 'Alice'), await come(here, 'Bob')];
  const bytes = await alice.pack(text('once'), bob.user.id);
  for (let count = 0; count < 5; count++) await alice.connection.send(bytes);
  await alice.connection.send(changed(bytes, { time: 5 }));
  await alice.say(text('last'), bob.user.id);
  const read = [await bob.hear('text'), await bob.hear('text')];
  deepStrictEqual(
    read.map(({ content }) => content.fields['text']),
    ['once', 'last'],
  );
});

test('what is for Bob is letter by letter as Alice wrote it', async () => {
  const here = await start();
  const [alice, bob] = [await come(here, 'Alice'), await come(here, 'Bob')];
  const written = new TextDecoder().decode(await alice.pack(text('exact'), bob.user.id));
  const odd = written.replace('"time":', ' "unknown" : 1.0e2,\t"big":12345678901234567890, "time" : ');
  await alice.connection.send(new TextEncoder().encode(odd));
  const { bytes } = await bob.hear('text');
  ok(new TextDecoder().decode(bytes).startsWith(odd.slice(0, -1)));
});

test('who goes on with what is refused is shut out, and others are not', async () => {
  const here = await start();
  const [mallory, bob] = [await come(here, 'Mallory'), await come(here, 'Bob')];
  mallory.acknowledges = false;
  const bytes = await mallory.pack(text('x'), bob.user.id);
  const wrong = changed(bytes, { signature: damaged(dim.ReliableMessage.decode(bytes).fields, 'signature') });
  await rejects(async () => {
    for (let count = 0; count < 1000; count++) await mallory.connection.send(wrong);
  });
  strictEqual(counts.get('shut-out'), 1);
  ok((counts.get('refused') ?? 0) < 400);
  const alice = await come(here, 'Alice');
  await alice.say(text('still here'), bob.user.id);
  strictEqual((await bob.hear('text')).content.fields['text'], 'still here');
});

test('a mailbox that is full says so, and takes again what was fetched', async () => {
  const here = await start({ limits: { mailboxMessages: 5, mailboxStrangersPercent: 100 } });
  const alice = await come(here, 'Alice');
  const bob = person('Bob').id;
  const receipts: string[] = [];
  for (let count = 0; count < 5; count++) {
    await alice.say(text(`${count}`), bob);
    receipts.push(await alice.receipt());
  }
  deepStrictEqual(receipts, [...Array.from({ length: 3 }, () => 'Message cached.'), 'Mailbox full.', 'Mailbox full.']);
  // Of others nothing is full.
  await alice.say(text('to Carol'), person('Carol').id);
  strictEqual(await alice.receipt(), 'Message cached.');
  const there = await come(here, 'Bob');
  for (let count = 0; count < 3; count++) await there.hear('text');
  await alice.say(text('more'), bob);
  strictEqual(await alice.receipt(), 'Message delivered.');
});

test('one sender leaves room in a mailbox for others, however many come', async () => {
  const here = await start({ limits: { mailboxMessages: 12, mailboxStrangersPercent: 100 } });
  const bob = person('Bob').id;
  const cached = async (name: string, count: number): Promise<number> => {
    const client = await come(here, name);
    const receipts: string[] = [];
    for (let index = 0; index < count; index++) {
      await client.say(text(`${index} of ${name}`), bob);
      receipts.push(await client.receipt());
    }
    const kept = receipts.filter((receipt) => receipt === 'Message cached.').length;
    deepStrictEqual(new Set(receipts.slice(kept)), new Set(count > kept ? ['Mailbox full.'] : []));
    return kept;
  };
  strictEqual(await cached('Mallory', 12), 6);
  strictEqual(await cached('Carol', 12), 3);
  strictEqual(await cached('Alice', 1), 1);
  strictEqual((await here.engine.mailbox.total()).messages, 10);
});

test('keys for terminals without end are refused', async () => {
  const here = await start();
  const alice = await come(here, 'Alice');
  const bob = person('Bob').id;
  const bytes = await alice.pack(text('x'), bob);
  const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, count) => [`${bob.toString()}/t${count}`, 'AAAA']));
  await alice.sendChanged(bytes, { keys });
  strictEqual(await alice.receipt(), 'Message not accepted.');
  strictEqual((await here.engine.mailbox.total()).messages, 0);
});

test('who reports offline gets what came later when it is back', async () => {
  const here = await start();
  const [alice, bob] = [await come(here, 'Alice'), await come(here, 'Bob')];
  await bob.say(ReportCommand.create('offline'), dim.ID.parse('station@anywhere'));
  await alice.say(text('later'), bob.user.id);
  strictEqual(await alice.receipt(), 'Message cached.');
  await bob.say(ReportCommand.create('online'), dim.ID.parse('station@anywhere'));
  strictEqual((await bob.hear('text')).content.fields['text'], 'later');
});

/** Another text of base64 of the same length. */
function damaged(fields: JsonMap, name: string): string {
  const given = textOf(fields, name);
  return (given.startsWith('A') ? 'B' : 'A') + given.slice(1);
}
