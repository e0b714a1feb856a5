/** What a station does that is right: sessions, routing, storing, queries beyond those that were captured. */
import { describe, expect, test } from '@jest/globals';
import {
  createMessageContext,
  DocumentsCommand,
  ForwardContent,
  HandshakeCommand,
  LoginCommand,
  Messenger,
  MetaCommand,
  ReportCommand,
  TextContent,
  type Content,
  type ID,
  type JsonMap,
} from 'dimp';
import { standardPlugin } from 'dimplugins';
import { dim } from './people.ts';
import { isHandshake, type TinyClient } from './tiny-client.ts';
import { makeWorld, type World } from './world.ts';

const ANY_STATION = dim.ID.parse('station@anywhere');
const STATIONS = dim.ID.parse('stations@everywhere');

async function settled({ clock, network }: World): Promise<void> {
  await network.settled();
  await clock.settled();
}

/** The texts that have come since the last time. */
function news(client: TinyClient): readonly string[] {
  const { said } = client;
  client.arrived.length = 0;
  return said;
}

describe('coming in', () => {
  test('the first answers bring the meta and visa of the station, and later ones do not', async () => {
    const world = await makeWorld();
    const alice = await world.stranger(world.alice);
    await alice.logIn();
    const [asked, accepted] = alice.arrived;
    expect(asked?.unpacked.introduction).toBe('kept');
    expect(accepted?.unpacked.introduction).toBe('absent');
    expect(asked?.content.fields['session']).toMatch(/^[0-9a-f]{64}$/);
    expect(world.network.sessions).toEqual([{ connection: 1, user: world.alice.id, isActive: true }]);
  });

  test('each connection has a key of its own', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await alice.logIn();
    const first = alice.session;
    await alice.connection?.close();
    await alice.logIn();
    expect(alice.session).not.toBe(first);
    await settled(world);
    expect(world.network.sessions).toHaveLength(1);
  });

  test('a handshake that comes again is not answered', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await alice.connect();
    const hello = HandshakeCommand.offer(undefined, { group: STATIONS });
    const bytes = await alice.send(hello, ANY_STATION, { introduce: true });
    await alice.connection?.send(bytes);
    await settled(world);
    expect(news(alice)).toEqual(['DIM?']);
    expect(world.network.log.filter(({ why }) => why?.code === 'INPUT_REPLAY')).toHaveLength(1);
  });

  test('the visas of other terminals come with it, in one content', async () => {
    const world = await makeWorld();
    const phone = await world.client(world.carol, { terminal: 'phone' });
    await phone.logIn();
    const tablet = await world.client(world.carol, { terminal: 'tablet' });
    await tablet.logIn();
    const { unpacked } = await tablet.until(({ content }) => isHandshake(content, 'DIM!'));
    expect(unpacked.content.kind).toBe('array');
    const visas = tablet.arrived.find(({ content }) => content.kind === 'documents')?.content as DocumentsCommand;
    expect(visas.documents?.map(({ did }) => did.terminal)).toEqual(['phone']);
    expect(visas.meta).toBeUndefined();
    expect(unpacked.message.receiver.terminal).toBe('tablet');
  });

  test('what comes too early waits, and its receipt comes after the login', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    await alice.connect();
    await alice.send(TextContent.create('early'), world.bob.id, { introduce: true });
    await settled(world);
    expect(alice.arrived.map(({ content }) => content.fields['remote_address'])).toEqual([undefined]);
    expect(news(alice)).toEqual(['DIM?']);
    await alice.send(HandshakeCommand.offer(alice.session), world.station.id);
    await settled(world);
    expect(news(alice)).toEqual(['DIM!', 'Message delivered.']);
    expect(news(bob)).toContain('early');
  });

  test('of what comes too early, the newest 32 are kept', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await dim.addContact(world.network.store, world.bob);
    await alice.connect();
    for (let number = 0; number < 40; number++)
      await alice.send(TextContent.create(`${number}`), world.bob.id, { introduce: true });
    await alice.send(HandshakeCommand.offer(alice.session), world.station.id);
    await settled(world);
    await alice.send(HandshakeCommand.offer(alice.session), world.station.id);
    await settled(world);
    expect(world.network.kept(world.bob.id)).toHaveLength(32);
  });

  test('who is not known waits for the meta and visa, and is answered then', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await alice.connect();
    await alice.send(MetaCommand.query(world.bob.id), ANY_STATION);
    await settled(world);
    expect(news(alice)).toEqual([]);
    await alice.send(HandshakeCommand.offer(undefined, { group: STATIONS }), ANY_STATION, { introduce: true });
    await settled(world);
    expect(news(alice)).toEqual(['DIM?']);
    const told = DocumentsCommand.answer(world.alice.id, world.alice.visas, { meta: world.alice.meta });
    await alice.send(told, ANY_STATION);
    await settled(world);
    expect(news(alice)).toEqual(['Document received.', 'Meta not found.']);
  });

  test("a signature that is not the sender's is not answered, the handshake not either", async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await alice.connect();
    const hello = HandshakeCommand.offer(undefined, { group: STATIONS });
    const packed = await alice.pack(hello, ANY_STATION, { introduce: true });
    await alice.connection?.send(damaged(packed));
    await settled(world);
    expect(news(alice)).toEqual([]);
    expect(world.network.log.map(({ why }) => why?.code)).toContain('CRYPTO_VERIFY');
  });

  test('a key that was not signed lets nobody in', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await alice.connect();
    await alice.send(HandshakeCommand.offer(undefined, { group: STATIONS }), ANY_STATION, { introduce: true });
    await alice.until(({ content }) => isHandshake(content, 'DIM?'));
    await alice.connection?.send(damaged(await alice.pack(HandshakeCommand.offer(alice.session), world.station.id)));
    await settled(world);
    expect(world.network.sessions.map(({ user }) => user)).toEqual([undefined]);
  });
});

/** A message with another signature than its own. */
function damaged(bytes: Uint8Array): Uint8Array {
  const { fields } = dim.ReliableMessage.decode(bytes);
  const data = fields['data'] as string;
  const other = dim.ReliableMessage.parse({ ...fields, data: data.replace(/[1-9]/, '0') });
  return other.encode();
}

describe('passing on', () => {
  test('to who is there: at once, with what stations write, and the sender is told', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await alice.logIn();
    await bob.logIn();
    news(alice);
    await alice.send(TextContent.create('Hello'), world.bob.id);
    await settled(world);
    expect(news(alice)).toEqual(['Message delivered.']);
    const { unpacked } = await bob.until(({ content }) => content.kind === 'text');
    const { fields } = unpacked.message;
    expect(fields).toMatchObject({ from: '/', rcpt: world.bob.id.toString() });
    expect(fields['traces']).toEqual([expect.objectContaining({ did: world.station.id.toString() })]);
    expect(world.network.kept()).toEqual([]);
  });

  test("to who is away: kept until the client's transport has it", async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob, { acknowledges: false })];
    await bob.logIn();
    await bob.connection?.close();
    await alice.logIn();
    news(alice);
    await alice.send(TextContent.create('one'), world.bob.id);
    await alice.send(TextContent.create('two'), world.bob.id);
    await settled(world);
    expect(news(alice)).toEqual(['Message cached.', 'Message cached.']);
    expect(world.network.kept(world.bob.id).map(({ receiver }) => receiver.toString())).toEqual([
      world.bob.id.toString(),
      world.bob.id.toString(),
    ]);

    // Not acknowledged: it comes again.
    for (const round of [1, 2]) {
      bob.acknowledges = round === 2;
      news(bob);
      await bob.logIn();
      await settled(world);
      expect(bob.said.filter((text) => text === 'one' || text === 'two')).toEqual(['one', 'two']);
      await bob.connection?.close();
    }
    await settled(world);
    expect(world.network.kept()).toEqual([]);
    await bob.logIn();
    await settled(world);
    expect(bob.said.filter((text) => text === 'one')).toHaveLength(1);
  });

  test('what is stored may come before the answer to the handshake, and after it', async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 6; seed++) {
      const world = await makeWorld({ seed });
      const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
      await dim.addContact(world.network.store, world.bob);
      await alice.logIn();
      await alice.send(TextContent.create('stored'), world.bob.id);
      await settled(world);
      await bob.logIn();
      await settled(world);
      orders.add(bob.said.filter((text) => text !== 'DIM?').join(' '));
    }
    expect([...orders].toSorted()).toEqual(['DIM! stored', 'stored DIM!']);
  });

  test('each terminal has its part, with its key alone', async () => {
    const world = await makeWorld();
    const [alice, phone] = [await world.client(world.alice), await world.client(world.carol, { terminal: 'phone' })];
    await dim.addContact(world.network.store, world.carol);
    await phone.logIn();
    await alice.logIn();
    news(alice);
    await alice.send(TextContent.create('to both'), world.carol.id);
    await settled(world);
    expect([...news(alice)].sort()).toEqual(['Message cached.', 'Message delivered.']);
    const [kept] = world.network.kept(world.carol.id.at('tablet'));
    expect([...(kept?.message.keys.keys() ?? [])]).toEqual([`${world.carol.id.toString()}/tablet`]);
    expect(world.network.kept(world.carol.id.at('phone'))).toEqual([]);
    const tablet = await world.client(world.carol, { terminal: 'tablet' });
    await tablet.logIn();
    await settled(world);
    expect(tablet.said).toContain('to both');
    expect(phone.said).toContain('to both');
  });

  test('a terminal for which there is no key gets a part with those of others, as from deployed stations', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await dim.addContact(world.network.store, world.carol);
    await alice.logIn();
    const { id } = world.carol;
    await alice.send(TextContent.create('to the phone'), id.at('phone'));
    await settled(world);
    const keysAt = (terminal: string) =>
      world.network.kept(id.at(terminal)).map(({ message }) => [message.fields['rcpt'], ...message.keys.keys()]);
    expect(keysAt('phone')).toEqual([[`${id.toString()}/phone`, `${id.toString()}/phone`]]);
    expect(keysAt('tablet')).toEqual([[`${id.toString()}/tablet`, `${id.toString()}/phone`]]);
  });

  test('all sessions of a terminal get it, and one that has it is enough', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    const [one, other] = [await world.client(world.bob), await world.client(world.bob, { acknowledges: false })];
    await one.logIn();
    await other.logIn();
    await alice.logIn();
    await alice.send(TextContent.create('twice'), world.bob.id);
    await settled(world);
    expect(one.said).toContain('twice');
    expect(other.said).toContain('twice');
    expect(world.network.kept()).toEqual([]);
  });

  test('to somebody whom the station does not know: as it is, for no terminal', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await alice.logIn();
    await alice.send(TextContent.create('who is it?'), world.carol.id);
    await settled(world);
    const [kept] = world.network.kept();
    expect(kept?.receiver.terminal).toBeUndefined();
    expect(kept?.message.fields['rcpt']).toBeUndefined();
    expect(kept?.message.keys.size).toBe(2);
  });

  test('a message that comes again goes to nobody, and nobody is told', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await alice.logIn();
    await bob.logIn();
    const bytes = await alice.send(TextContent.create('once'), world.bob.id);
    await settled(world);
    news(alice);
    await alice.connection?.send(bytes);
    await settled(world);
    expect(news(alice)).toEqual([]);
    expect(bob.said.filter((text) => text === 'once')).toHaveLength(1);
  });

  test('after five hours, or a restart, it is not remembered any more', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    await alice.logIn();
    const bytes = await alice.send(TextContent.create('again'), world.bob.id);
    await world.clock.advance(5 * 60 * 60 + 1);
    await alice.connection?.send(bytes);
    await settled(world);
    expect(bob.said.filter((text) => text === 'again')).toHaveLength(2);
    await world.network.restart();
    await alice.logIn();
    await alice.connection?.send(bytes);
    await settled(world);
    expect(world.network.kept(world.bob.id)).toHaveLength(1);
  });

  test('what is stored is kept for seven days', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    await bob.connection?.close();
    await alice.logIn();
    await alice.send(TextContent.create('old'), world.bob.id);
    await world.clock.advance(6 * 24 * 60 * 60);
    await alice.send(TextContent.create('new', { time: world.clock.now() }), world.bob.id);
    await world.clock.advance(2 * 24 * 60 * 60);
    await bob.logIn();
    await settled(world);
    expect(bob.said).not.toContain('old');
    expect(bob.said).toContain('new');
  });

  test("what a client writes into the fields of stations is nobody's word", async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    await alice.logIn();
    const bytes = await alice.pack(TextContent.create('forged'), world.bob.id);
    const { fields } = dim.ReliableMessage.decode(bytes);
    const forged = { from: '/other', rcpt: world.carol.id.toString(), traces: ['x'], neighbor: 'x', recipients: ['y'] };
    await alice.connection?.send(dim.ReliableMessage.parse({ ...fields, ...forged }).encode());
    await settled(world);
    const { unpacked } = await bob.until(({ content }) => content.kind === 'text');
    const written: JsonMap = unpacked.message.fields;
    expect(written).toMatchObject({ from: '/', rcpt: world.bob.id.toString() });
    expect(written['traces']).toHaveLength(1);
    expect(Object.keys(written)).not.toEqual(expect.arrayContaining(['neighbor']));
  });

  test('a group is nobody whom a station writes to', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    const group = await dim.createGroup({
      founder: world.alice,
      name: 'Friends',
      seed: 'friends',
      members: [world.alice.id, world.bob.id],
    });
    await dim.addGroup(alice.store, group);
    await alice.logIn();
    news(alice);
    await alice.send(TextContent.create('all', { group: group.id }), group.id);
    await settled(world);
    expect(news(alice)).toEqual([]);
    expect(world.network.kept()).toEqual([]);
  });

  test('several messages in one payload are several messages', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    await alice.logIn();
    const packed = [];
    for (const text of ['one', 'two']) packed.push(await alice.pack(TextContent.create(text), world.bob.id));
    const lines = packed.map((bytes) => new TextDecoder().decode(bytes)).join('\r\n');
    await alice.connection?.send(new TextEncoder().encode(`${lines}\n`));
    await settled(world);
    expect(bob.said.filter((text) => text === 'one' || text === 'two')).toEqual(['one', 'two']);
  });

  test.each(['PING', '', '{', '{}', 'nonsense that is no JSON', '{"sender":"x"}\n\n{]'])(
    'nonsense is taken, and nothing comes of it: %j',
    async (text) => {
      const world = await makeWorld();
      const alice = await world.client(world.alice);
      await alice.logIn();
      news(alice);
      await alice.connection?.send(new TextEncoder().encode(text));
      await alice.send(TextContent.create('still there'), world.station.id);
      await settled(world);
      expect(news(alice)).toEqual(['Content not support.']);
    },
  );
});

describe('being away', () => {
  test('who says so gets nothing until it is there again', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    await alice.logIn();
    await report(world, bob, 'offline');
    news(bob);
    await alice.send(TextContent.create('later'), world.bob.id);
    await settled(world);
    expect(news(bob)).toEqual([]);
    await report(world, bob, 'online');
    expect([...news(bob)].sort()).toEqual(['Online received.', 'later']);
  });

  test('of two reports, the later one counts, whenever it comes', async () => {
    const world = await makeWorld();
    const bob = await world.client(world.bob);
    await bob.logIn();
    await bob.send(ReportCommand.create('offline', { time: world.clock.now() + 20 }), ANY_STATION);
    await bob.send(ReportCommand.create('online', { time: world.clock.now() + 10 }), ANY_STATION);
    await settled(world);
    expect(world.network.sessions.map(({ isActive }) => isActive)).toEqual([false]);
  });

  async function report(world: World, client: TinyClient, title: string): Promise<void> {
    await world.clock.advance(1);
    await client.send(ReportCommand.create(title, { time: world.clock.now() }), ANY_STATION);
    await settled(world);
  }
});

describe('what the station knows', () => {
  async function ask(world: World, client: TinyClient, content: Content, receiver: ID = ANY_STATION) {
    client.arrived.length = 0;
    await client.send(content, receiver);
    await settled(world);
    return client.arrived.map((arrived) => arrived.content);
  }

  test('logins are handed on with the documents, as their owners signed them', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    const station = { did: world.station.id, ...world.network.address };
    await bob.send(LoginCommand.create({ did: world.bob.id, station }), dim.ID.parse('everyone@everywhere'));
    await alice.logIn();
    const answers = await ask(world, alice, DocumentsCommand.query(world.bob.id));
    expect(answers.map(({ kind }) => kind)).toEqual(['documents', 'forward']);
    const forward = answers.find((content) => content instanceof ForwardContent);
    const [login] = forward?.messages ?? [];
    const opened = login && (await alice.open(login));
    expect([opened?.sender.toString(), opened?.content.kind]).toEqual([world.bob.id.toString(), 'login']);
  });

  test('a login from the future is not kept', async () => {
    const world = await makeWorld();
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    await bob.logIn();
    const station = { did: world.station.id, ...world.network.address };
    const time = world.clock.now() + 3600;
    await ask(
      world,
      bob,
      LoginCommand.create({ did: world.bob.id, station }, { time }),
      dim.ID.parse('everyone@everywhere'),
    );
    await alice.logIn();
    const answers = await ask(world, alice, DocumentsCommand.query(world.bob.id));
    expect(answers.map(({ kind }) => kind)).toEqual(['documents']);
  });

  test('documents of another, or that are damaged, are refused, and those that are known are received', async () => {
    const world = await makeWorld();
    const alice = await world.client(world.alice);
    await alice.logIn();
    const { bob, carol } = world;
    const texts = async (content: Content) => (await ask(world, alice, content)).map(({ fields }) => fields['text']);
    expect(await texts(DocumentsCommand.answer(bob.id, bob.visas))).toEqual(['Meta not found.']);
    expect(await texts(MetaCommand.answer(bob.id, bob.meta))).toEqual(['Meta received.']);
    expect(await texts(DocumentsCommand.answer(bob.id, bob.visas))).toEqual(['Document received.']);
    expect(await texts(DocumentsCommand.answer(bob.id, bob.visas))).toEqual(['Document received.']);
    const [visa] = bob.visas;
    const other = dim.Document.parse({ ...visa?.fields, data: visa?.data?.replace('Bob', 'Bib') });
    expect(await texts(DocumentsCommand.answer(bob.id, [other]))).toEqual(['Document not accepted.']);
    alice.arrived.length = 0;
    const wrong = { type: 136, sn: 1, command: 'meta', did: bob.id.toString(), meta: carol.meta.fields };
    await alice.connection?.send(await packAnything(world, alice, wrong));
    await settled(world);
    expect(news(alice)).toEqual(['Meta not valid.']);
  });
});

/** Packs what no writer of ours would: by a context that knows no kinds of contents. */
async function packAnything({ clock }: World, { id, store }: TinyClient, fields: JsonMap): Promise<Uint8Array> {
  const context = createMessageContext({ plugins: [standardPlugin()] });
  const messenger = new Messenger(context, { self: id, store, clock: () => clock.now() });
  return messenger.pack(context.Content.parse(fields), ANY_STATION);
}
