/** What is kept, what is answered and what is asked for when something about a group comes in. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  AbdicateCommand,
  DocumentsCommand,
  ExpelCommand,
  FireCommand,
  type ForwardContent,
  FoundCommand,
  GroupHistoryContent,
  GroupQueryCommand,
  HireCommand,
  InviteCommand,
  JoinCommand,
  QuitCommand,
  ReceiptCommand,
  ResetCommand,
  ResignCommand,
  type Bulletin,
  type Content,
  type ID,
  type JsonMap,
  type User,
} from 'dimp';
import { errorOf } from '../../../../tests/support/error-of.ts';
import {
  alice,
  bob,
  carol,
  dave,
  deliverAll,
  Device,
  dim,
  erin,
  mallory,
  namesOf,
  receivedOf,
  signed,
  TestClock,
} from './world.ts';

let clock: TestClock;
let a: Device;
let b: Device;
let group: ID;

beforeEach(async () => {
  clock = new TestClock();
  [a, b] = await Promise.all([Device.of(alice, clock), Device.of(bob, clock)]);
  ({ group } = await a.groups.found({ name: 'Team', members: [bob.id, carol.id, dave.id] }));
  await a.groups.hire(group, [dave.id]);
  await deliverAll(a, b);
  for (const device of [a, b]) device.sent.length = 0;
});

/** What a device answers to a content that somebody signed. */
async function answer(device: Device, author: User, content: Content): Promise<readonly Content[]> {
  return device.handle(receivedOf(await signed(author, content), content, clock.now()));
}

/** The same, as text, template and what is to be filled in. */
async function receipts(device: Device, author: User, content: Content): Promise<readonly unknown[]> {
  const replies = await answer(device, author, content);
  return replies.map((reply) => {
    if (!(reply instanceof ReceiptCommand)) return reply.kind;
    const { text, fields, origin } = reply;
    expect([origin?.sn, origin?.sender?.equals(author.id)]).toEqual([content.sn, true]);
    return [text, fields['template'], fields['replacements']];
  });
}

function now(): { readonly time: number } {
  return { time: clock.now() };
}

describe('a command that is refused', () => {
  const ids = (...users: readonly User[]): readonly ID[] => users.map(({ id }) => id);
  const cases: readonly (readonly [string, User, () => Content, string])[] = [
    [
      'reset of a member',
      carol,
      () => ResetCommand.create(group, ids(alice, carol), now()),
      'Not allowed to reset members of group: ${gid}',
    ],
    [
      'reset of a stranger',
      mallory,
      () => ResetCommand.create(group, ids(alice, mallory), now()),
      'Not allowed to reset members of group: ${gid}',
    ],
    [
      'reset with another at the beginning',
      dave,
      () => ResetCommand.create(group, ids(dave, alice), now()),
      'Owner must be the first member of group: ${gid}',
    ],
    [
      'reset without an administrator',
      alice,
      () => ResetCommand.create(group, ids(alice, bob), now()),
      'Not allowed to expel administrator of group: ${gid}',
    ],
    [
      'invite of a stranger',
      mallory,
      () => InviteCommand.create(group, ids(erin), now()),
      'Not allowed to invite member into group: ${gid}',
    ],
    ['quit of the owner', alice, () => QuitCommand.create(group, now()), 'Owner cannot quit from group: ${gid}'],
    [
      'quit of an administrator',
      dave,
      () => QuitCommand.create(group, now()),
      'Administrator cannot quit from group: ${gid}',
    ],
    ['resign of the owner', alice, () => ResignCommand.create(group, now()), 'Owner cannot resign from group: ${gid}'],
    [
      'query of a stranger',
      mallory,
      () => GroupQueryCommand.create(group, now()),
      'Not allowed to query members of group: ${gid}',
    ],
    [
      'history query of a stranger',
      mallory,
      () => GroupHistoryContent.query(group, now()),
      'Not allowed to query members of group: ${gid}',
    ],
    [
      'hire of an administrator',
      dave,
      () => HireCommand.create(group, ids(bob), now()),
      'Not allowed to hire administrator of group: ${gid}',
    ],
    [
      'fire of a member',
      carol,
      () => FireCommand.create(group, ids(dave), now()),
      'Not allowed to fire administrator of group: ${gid}',
    ],
    ['found of a stranger', mallory, () => FoundCommand.create(group, now()), 'Not allowed to found group: ${gid}'],
    [
      'abdicate of the owner',
      alice,
      () => AbdicateCommand.create(group, now()),
      'Owner cannot abdicate from group: ${gid}',
    ],
  ];

  test.each(cases)('%s: its author is told, and nothing changes', async (_, author, content, template) => {
    const before = await b.state(group);
    expect(await receipts(b, author, content())).toEqual([['Permission denied.', template, { gid: group.toString() }]]);
    expect(await b.state(group)).toEqual(before);
  });

  test('one that is older than the reset is expired', async () => {
    const old = { time: clock.now() - 1000 };
    for (const content of [QuitCommand.create(group, old), ResetCommand.create(group, [alice.id, mallory.id], old)])
      expect(await receipts(b, alice, content)).toEqual([
        [
          'Command expired.',
          'Group command expired: ${cmd}, group: ${gid}.',
          { cmd: content.command, gid: group.toString() },
        ],
      ]);
    expect(await b.members(group)).toBe('alice bob carol dave');
  });

  test('a resign that is older than the bulletin is expired', async () => {
    await a.groups.rename(group, 'Team 2');
    await deliverAll(a, b);
    const content = ResignCommand.create(group, { time: clock.now() - 0.5 });
    const { documentTime = 0 } = (await b.state(group)) ?? {};
    const early = ResignCommand.create(group, { time: documentTime - 0.001 });
    expect(await receipts(b, dave, early)).toMatchObject([
      ['Command expired.', 'Group command expired: ${cmd}, group: ${gid}.', {}],
    ]);
    expect(namesOf((await b.state(group))?.administrators ?? [])).toBe('dave');
    expect(content.time).toBeLessThan(clock.now());
  });

  test('what is only about everybody is about nobody', async () => {
    const everyone = dim.ID.parse('anyone@anywhere');
    expect(await receipts(b, alice, ResetCommand.create(group, [everyone], now()))).toEqual([
      ['Command error.', 'Group members empty: ${gid}.', { gid: group.toString() }],
    ]);
  });

  test('commands that no client does anything for are not supported, where their author might send them', async () => {
    for (const content of [HireCommand.create(group, [bob.id], now()), FireCommand.create(group, [dave.id], now())])
      expect(await receipts(b, alice, content)).toEqual([
        ['Command not support.', 'Group command (name: ${command}) not support yet!', { command: content.command }],
      ]);
  });

  test('of a group that is not known', async () => {
    const c = await Device.of(carol, clock);
    for (const content of [GroupQueryCommand.create(group, now()), HireCommand.create(group, [bob.id], now())])
      expect(await receipts(c, alice, content)).toEqual([
        ['Group empty.', 'Group empty: ${gid}.', { gid: group.toString() }],
      ]);
  });
});

describe('nothing is answered', () => {
  test('to an expel: it is ignored', async () => {
    expect(await answer(b, alice, ExpelCommand.create(group, [carol.id], now()))).toEqual([]);
    expect(await b.members(group)).toBe('alice bob carol dave');
  });

  test('to what changes nothing: quit of who is no member, resign of who is no administrator', async () => {
    expect(await answer(b, mallory, QuitCommand.create(group, now()))).toEqual([]);
    expect(await answer(b, carol, ResignCommand.create(group, now()))).toEqual([]);
  });

  test('to a command of the future, which is not kept', async () => {
    const reset = ResetCommand.create(group, [alice.id, dave.id], { time: clock.now() + 31 * 60 });
    expect(await answer(b, alice, reset)).toEqual([]);
    expect(await b.members(group)).toBe('alice bob carol dave');
    const soon = ResetCommand.create(group, [alice.id, dave.id], { time: clock.now() + 29 * 60 });
    expect(await answer(b, alice, soon)).toEqual([]);
    expect(await b.members(group)).toBe('alice dave');
  });

  test('to a command that was kept already, in whatever envelope it comes again', async () => {
    const old = QuitCommand.create(group, { time: clock.now() - 1000 });
    expect((await answer(b, carol, old)).length).toBe(1);
    const store = b.store.count('group-history', group.entityKey);
    const again = dim.ReliableMessage.parse({ ...(await signed(carol, old)).fields, time: clock.now() });
    expect(await b.handle(receivedOf(again, old, clock.now()))).toEqual([]);
    expect(b.store.count('group-history', group.entityKey)).toBe(store);
  });

  test('to oneself', async () => {
    expect(await answer(b, bob, ResetCommand.create(group, [alice.id], now()))).toEqual([]);
  });
});

describe('the owner tells those who do not know yet', () => {
  test.each<readonly [string, () => Content]>([
    ['join of a member', () => JoinCommand.create(group, now())],
    ['invite of members', () => InviteCommand.create(group, [bob.id], now())],
  ])('%s', async (_, content) => {
    expect((await answer(a, carol, content())).map(({ kind }) => kind)).toEqual(['forward']);
    expect(await answer(b, carol, content())).toEqual([]);
    expect(await answer(a, dave, content())).toEqual([]);
  });
});

describe('a question for the history', () => {
  test('is answered with the bulletin, the reset and what came after it, in the forms that others read', async () => {
    await a.groups.invite(group, [erin.id]);
    for (const content of [GroupQueryCommand.create(group, now()), GroupHistoryContent.query(group, now())]) {
      const [forward] = await answer(a, bob, content);
      const { messages } = forward as ForwardContent;
      const inner = messages.map(({ data }) => JSON.parse(data) as { command: string });
      expect(inner.map(({ command }) => command)).toEqual(['documents', 'reset', 'invite']);
      expect(messages.map((message) => message.group?.equals(group))).toEqual([undefined, undefined, true]);
    }
  });

  test('as one client asks it, by the name of another module', async () => {
    const content = dim.Content.parse({
      type: 204,
      sn: 7,
      time: clock.now(),
      app: 'chat.dim.group',
      mod: 'keys',
      act: 'query',
      group: group.toString(),
      last_time: 1,
    });
    expect((await answer(a, bob, content)).map(({ kind }) => kind)).toEqual(['forward']);
  });

  test('of type 136 as of 137', async () => {
    const content = dim.Content.parse({ type: 136, sn: 7, command: 'query', group: group.toString() });
    expect((await answer(a, bob, content)).map(({ kind }) => kind)).toEqual(['forward']);
  });

  test('with the newest time there is nothing new', async () => {
    const { historyTime = 0 } = (await a.state(group)) ?? {};
    const query = (lastTime: number): Content => GroupQueryCommand.create(group, { ...now(), lastTime });
    expect(await receipts(a, bob, query(historyTime))).toEqual([
      [
        'Group history not updated.',
        'Group history not updated: ${gid}, last time: ${time}',
        { gid: group.toString(), time: historyTime },
      ],
    ]);
    expect((await answer(a, bob, query(historyTime - 0.001))).map(({ kind }) => kind)).toEqual(['forward']);
  });
});

describe('a bulletin', () => {
  /** A group of Mallory's, of which the bulletin says that somebody founded it. */
  async function forged(
    founder: User,
  ): Promise<{ readonly id: ID; readonly content: DocumentsCommand; readonly reset: Content }> {
    const meta = await dim.Meta.generate({ type: 'MKM', privateKey: mallory.keys.identity, seed: 'Group-66666' });
    const id = meta.id(1);
    const bulletin = await sign(id, mallory, { founder: founder.id });
    const reset = ResetCommand.create(id, [founder.id, bob.id], now());
    return { id, content: DocumentsCommand.answer(id, [bulletin], { meta }), reset };
  }

  async function sign(id: ID, user: User, properties: Readonly<Record<string, ID | string>>): Promise<Bulletin> {
    return dim.Document.create({ type: 'bulletin', did: id, properties }).sign(user.keys.identity, now());
  }

  test('that names another as the founder is refused', async () => {
    const { id, content, reset } = await forged(alice);
    expect(await receipts(b, mallory, content)).toEqual([
      ['Document not accepted.', 'Document not accepted: ${did}.', { did: id.toString() }],
    ]);
    await answer(b, mallory, reset);
    expect(await b.state(id)).toBeUndefined();
    expect(b.store.members(id)).toEqual([]);
  });

  test('that names another as the founder, who is not known yet: nobody owns the group, then and later', async () => {
    const c = await Device.of(carol, clock, { contacts: [mallory] });
    const { id, content, reset } = await forged(alice);
    await answer(c, mallory, content);
    await answer(c, mallory, reset);
    expect([await c.state(id), c.wanted.has('meta alice')]).toEqual([undefined, true]);
    await dim.addContact(c.store, alice);
    await c.settle(alice.id);
    expect(await c.state(id)).toBeUndefined();
    expect((await errorOf(async () => c.book.require(id))).code).toBe('CRYPTO_VERIFY');
  });

  test('of a founder who is not known yet: what came waits for who that is', async () => {
    const c = await Device.of(carol, clock, { contacts: [bob, dave] });
    const { bulletin, meta } = (await b.book.history(group)) ?? {};
    if (bulletin === undefined || meta === undefined) throw new Error('no group');
    const content = DocumentsCommand.answer(group, [bulletin.document], { meta: meta.meta });
    await answer(c, bob, content);
    const reset = ResetCommand.create(group, [alice.id, carol.id, dave.id], now());
    await answer(c, dave, reset);
    expect([await c.state(group), [...c.wanted]]).toEqual([undefined, ['meta alice']]);
    await dim.addContact(c.store, alice);
    expect(await c.members(group)).toBe('alice carol dave');
    await c.settle(alice.id);
    expect([namesOf(c.store.members(group)), namesOf(c.learned)]).toEqual(['alice carol dave', 'group group']);
  });

  test('without a meta that is known: what is missing is asked for', async () => {
    const c = await Device.of(carol, clock);
    const { bulletin } = (await b.book.history(group)) ?? {};
    if (bulletin === undefined) throw new Error('no group');
    expect(await receipts(c, alice, DocumentsCommand.answer(group, [bulletin.document]))).toEqual([
      ['Meta not found.', 'Meta not found: ${did}.', { did: group.toString() }],
    ]);
    expect([...c.wanted]).toEqual(['meta group', 'visa group']);
  });

  test('with the meta of another', async () => {
    const other = await dim.Meta.generate({ type: 'MKM', privateKey: mallory.keys.identity, seed: group.name ?? '' });
    const { bulletin } = (await b.book.history(group)) ?? {};
    const fields: JsonMap = {
      ...DocumentsCommand.answer(group, bulletin === undefined ? [] : [bulletin.document]).fields,
      meta: other.fields,
    };
    const error = await errorOf(() => dim.Content.parse(fields));
    // It is no content at all, so that it comes to no handler.
    expect(error.code).toBe('INPUT_CONFLICT');
  });

  test('that is older than the one that is there still says who was an administrator then', async () => {
    const [first, second] = [
      await sign(group, alice, { founder: alice.id, name: '1' }),
      await sign(group, alice, { founder: alice.id, name: '2' }),
    ];
    const texts = async (bulletin: Bulletin): Promise<readonly unknown[]> =>
      receipts(b, alice, DocumentsCommand.answer(group, [bulletin]));
    expect(await texts(second)).toMatchObject([['Document received.', 'Document received: ${did}.', {}]]);
    expect(await texts(second)).toMatchObject([['Document received.', 'Document received: ${did}.', {}]]);
    expect(await texts(first)).toMatchObject([['Document not changed.', 'Document not changed: ${did}.', {}]]);
    expect((await b.state(group))?.name).toBe('2');
    const rows = b.store.rows('group-history', group.entityKey, { limit: 100 });
    expect(rows.filter(({ value }) => value['is'] === 'bulletin').length).toBe(4);
  });

  test('of a user, and a question, are left to others', async () => {
    const visa = alice.visas[0];
    if (visa === undefined) throw new Error('no visa');
    expect(await answer(b, alice, DocumentsCommand.answer(alice.id, [visa]))).toEqual([]);
    expect(await answer(b, alice, DocumentsCommand.query(group))).toEqual([]);
  });
});

describe('what is missing is asked for', () => {
  test('of a group that nothing is known of: its identity; and what came is kept until then', async () => {
    const c = await Device.of(carol, clock);
    await answer(c, alice, ResetCommand.create(group, [alice.id, carol.id, dave.id], now()));
    expect([...c.wanted]).toEqual(['meta group', 'visa group']);
    await c.learn(group, a);
    await c.settle(group);
    expect([await c.members(group), namesOf(c.learned)]).toEqual(['alice carol dave', 'group']);
  });

  test('of a group whose members nobody has told: its history', async () => {
    const c = await Device.of(carol, clock);
    await c.learn(group, a);
    await answer(c, bob, InviteCommand.create(group, [erin.id], now()));
    expect([...c.wanted]).toEqual(['members group']);
    expect(c.store.members(group)).toEqual([]);
  });
});

describe('a command that came to oneself alone', () => {
  test('counts, and is not handed on: nobody else could verify it', async () => {
    const messenger = dim.messenger({ self: carol.id, store: (await Device.of(carol, clock)).store });
    const content = QuitCommand.create(group, now());
    expect(await a.receive((await messenger.packMessage(content, alice.id)).message)).toEqual([]);
    expect(await a.members(group)).toBe('alice bob dave');
    const [forward] = await answer(a, bob, GroupQueryCommand.create(group, now()));
    expect((forward as ForwardContent).messages.length).toBe(2);
    // The same, as it is signed for all.
    await answer(a, carol, content);
    const [again] = await answer(a, bob, GroupQueryCommand.create(group, now()));
    expect((again as ForwardContent).messages.length).toBe(3);
  });
});
