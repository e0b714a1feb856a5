/** Who can read what is written to a group, as its members come and go; and keys that are asked for. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  GroupKeysContent,
  isDimError,
  splitMessage,
  TextContent,
  type Content,
  type ID,
  type ReliableMessage,
  type User,
} from 'dimp';
import { errorOf } from '../../../../tests/support/error-of.ts';
import type { GroupState } from '../../src/index.ts';
import { groupDispatch, SHARED_GROUP_SIZE } from '../../src/internal.ts';
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
  nameOf,
  namesOf,
  receivedOf,
  TestClock,
} from './world.ts';

let clock: TestClock;
let a: Device;
let b: Device;
let c: Device;
let group: ID;

beforeEach(async () => {
  clock = new TestClock();
  [a, b, c] = (await Promise.all([alice, bob, carol].map(async (user) => Device.of(user, clock)))) as [
    Device,
    Device,
    Device,
  ];
  ({ group } = await a.groups.found({ name: 'Team', members: [bob.id, carol.id] }));
  await deliverAll(a, b, c);
});

/** A text to the group, as one ciphertext whose key is used again. */
async function write(from: Device, text: string): Promise<ReliableMessage> {
  const messenger = dim.messenger({ self: from.self, store: from.store, clock: () => clock.now() });
  const content = TextContent.create(text, { group, time: clock.now() });
  const { message } = await messenger.packMessage(content, group, { reuseKey: true });
  await messenger.handedOver(message);
  return message;
}

/** What a member reads of it; an error code where it cannot. */
async function read(device: Device, message: ReliableMessage): Promise<string> {
  const [part] = splitMessage(dim, message, [device.self]);
  return part?.message === undefined ? 'no key' : open(device, part.message);
}

async function open(device: Device, message: ReliableMessage): Promise<string> {
  const messenger = dim.messenger({ self: device.self, store: device.store, clock: () => clock.now() });
  try {
    const { content } = await messenger.open(message);
    return content instanceof TextContent ? content.text : content.kind;
  } catch (error) {
    if (isDimError(error)) return error.code;
    throw error;
  }
}

describe('a key that is used again', () => {
  test('is another one as soon as a member leaves: whoever left reads no further', async () => {
    const [first, second] = [await write(a, 'one'), await write(a, 'two')];
    expect([first.keyDigest, second.hasKey]).toEqual([second.keyDigest, false]);
    expect([await read(b, first), await read(b, second)]).toEqual(['one', 'two']);
    await b.groups.quit(group);
    await deliverAll(a, b, c);
    const third = await write(a, 'three');
    expect([third.keyDigest === first.keyDigest, third.hasKey]).toEqual([false, true]);
    expect([await read(b, third), await read(c, third)]).toEqual(['no key', 'three']);
    // Also where somebody gives it to him as it is: he has older keys of the group alone.
    const fields = { ...third.fields, keys: undefined, receiver: bob.id.toString(), group: group.toString() };
    expect(await open(b, dim.ReliableMessage.parse(JSON.parse(JSON.stringify(fields))))).toBe('MISSING_MESSAGE_KEY');
  });

  test('is another one for those who were expelled, and for those who came', async () => {
    const d = await Device.of(dave, clock);
    const first = await write(a, 'one');
    await a.groups.expel(group, [carol.id]);
    await a.groups.invite(group, [dave.id]);
    await deliverAll(a, b, c, d);
    const second = await write(a, 'two');
    expect([await read(c, second), await read(d, second), await read(b, second)]).toEqual(['no key', 'two', 'two']);
    expect([await read(d, first), second.keyDigest === first.keyDigest]).toEqual(['no key', false]);
  });

  test('stays the same where nobody comes or goes', async () => {
    const first = await write(a, 'one');
    await a.groups.rename(group, 'Us');
    await a.groups.hire(group, [bob.id]);
    await deliverAll(a, b, c);
    expect((await write(a, 'two')).keyDigest).toBe(first.keyDigest);
  });
});

describe('a key that is asked for', () => {
  async function asks(device: Device, author: User, content: Content): Promise<readonly Content[]> {
    const message = (await write(a, 'carries a content')) satisfies ReliableMessage;
    return device.handle({ ...receivedOf(message, content, clock.now()), sender: author.id });
  }

  test('by a member who lost the message with it, is given, and the messages can be read', async () => {
    const [first, second] = [await write(a, 'one'), await write(a, 'two')];
    expect([first.hasKey, await read(b, second)]).toEqual([true, 'MISSING_MESSAGE_KEY']);
    await b.groups.requestKey(group, alice.id, second.keyDigest);
    await deliverAll(a, b, c);
    expect(await read(b, second)).toBe('two');
    expect(namesOf(b.learned.slice(-2))).toBe('alice group');
  });

  test('by a member who came later: an older one is not given', async () => {
    const d = await Device.of(dave, clock);
    const old = await write(a, 'one');
    await a.groups.invite(group, [dave.id]);
    await deliverAll(a, b, c, d);
    const request = (digest?: string): Content =>
      GroupKeysContent.request(group, { from: alice.id, ...(digest !== undefined && { digest }) });
    expect(await asks(a, dave, request(old.keyDigest))).toEqual([]);
    const current = await write(a, 'two');
    const [answer] = await asks(a, dave, request(current.keyDigest));
    expect((answer as GroupKeysContent).keys.map(({ member }) => nameOf(member))).toEqual(['dave']);
    expect((answer as GroupKeysContent).digest).toBe(current.keyDigest);
  });

  test.each<readonly [string, User, () => Content, string]>([
    [
      'a stranger',
      mallory,
      () => GroupKeysContent.request(group, { from: alice.id }),
      'Not allowed to ask for keys of group: ${gid}',
    ],
    [
      'a member, of the key of another',
      carol,
      () => GroupKeysContent.request(group, { from: bob.id }),
      'Content (type: ${type}) not support yet!',
    ],
    [
      'a member, of all keys',
      carol,
      () => GroupKeysContent.query(group, { from: alice.id }),
      'Content (type: ${type}) not support yet!',
    ],
    [
      'a member, who takes this for a bot',
      carol,
      () => GroupKeysContent.update(group, { from: carol.id, keys: [{ member: alice.id, data: new Uint8Array([1]) }] }),
      'Content (type: ${type}) not support yet!',
    ],
  ])('by %s: it is not given', async (_, author, content, template) => {
    await write(a, 'one');
    const [receipt] = await asks(a, author, content());
    expect(receipt?.fields['template']).toBe(template);
  });

  test('by a bot that the bulletin names: for all members, or for those who lack it', async () => {
    const history = await a.book.history(group);
    const bulletin = await history?.bulletin.document
      .with({ assistants: [erin.id] })
      .sign(alice.keys.identity, { time: clock.now() });
    if (bulletin === undefined) throw new Error('no bulletin');
    await a.learnBulletin(group, bulletin);
    const { keyDigest } = await write(a, 'one');
    const query = (to: readonly ID[]): Content => GroupKeysContent.query(group, { from: alice.id, to });
    const [all] = await asks(a, erin, query([]));
    expect((all as GroupKeysContent).act).toBe('update');
    expect((all as GroupKeysContent).digest).toBe(keyDigest);
    const names = (content: Content | undefined): readonly string[] =>
      (content as GroupKeysContent).keys.map(({ member }) => nameOf(member));
    expect(names(all)).toEqual(['alice', 'bob', 'carol']);
    const [some] = await asks(a, erin, query([carol.id, mallory.id]));
    expect(names(some)).toEqual(['carol']);
    // It is no member, and gets none for itself.
    const [refused] = await asks(a, erin, GroupKeysContent.request(group, { from: alice.id }));
    expect(refused?.kind).toBe('receipt');
  });

  test('of a bot: it says nothing, so that a handler of its own can', async () => {
    const history = await a.book.history(group);
    const bulletin = await history?.bulletin.document
      .with({ assistants: [erin.id] })
      .sign(alice.keys.identity, { time: clock.now() });
    if (bulletin === undefined) throw new Error('no bulletin');
    const bot = await Device.of(erin, clock);
    await bot.learnBulletin(group, bulletin, history?.meta.meta);
    const keys = [{ member: bob.id, data: new Uint8Array([1]) }];
    expect(await asks(bot, alice, GroupKeysContent.update(group, { from: alice.id, keys }))).toEqual([]);
    expect(await asks(bot, bob, GroupKeysContent.request(group, { from: alice.id }))).toEqual([]);
    expect(await asks(bot, mallory, GroupKeysContent.request(group, { from: alice.id }))).toEqual([]);
  });

  test('is taken of the one who wrote with it, and of nobody else; and not twice', async () => {
    const second = (await write(a, 'one'), await write(a, 'two'));
    const [answer] = await asks(a, bob, GroupKeysContent.request(group, { from: alice.id }));
    if (!(answer instanceof GroupKeysContent)) throw new Error('no key');
    const direction = { sender: alice.id, destination: group };
    await asks(b, carol, answer);
    expect(b.store.messageKeys(direction, 'receive')).toEqual([]);
    await asks(b, alice, answer);
    await asks(b, alice, answer);
    expect(b.store.messageKeys(direction, 'receive').map(({ digest }) => digest)).toEqual([second.keyDigest]);
    // What cannot be decrypted, or is another key than it says, is none.
    await asks(c, alice, answer);
    const wrong = GroupKeysContent.respond(group, { from: alice.id, digest: 'AAAAAAAAAAAAAAAA', keys: answer.keys });
    await asks(c, alice, wrong);
    expect(c.store.messageKeys(direction, 'receive')).toEqual([]);
  });

  test('are no more than a few', async () => {
    const direction = { sender: alice.id, destination: group };
    for (let count = 0; count < 12; count++) {
      const messageKey = await dim.SymmetricKey.generate('AES');
      const recipient = bob.keys.decrypt[0]?.key.encryptKey;
      const data = await recipient?.encrypt(new TextEncoder().encode(JSON.stringify(messageKey.fields)));
      if (data === undefined) throw new Error('no key');
      await asks(b, alice, GroupKeysContent.respond(group, { from: alice.id, keys: [{ member: bob.id, data }] }));
    }
    expect(b.store.messageKeys(direction, 'receive').length).toBe(8);
  });
});

describe('how a message goes out', () => {
  function stateOf(members: readonly ID[], hasMembers = true): GroupState {
    return {
      group,
      name: undefined,
      owner: alice.id,
      administrators: [],
      members,
      assistants: [],
      hasMembers,
      invitations: [],
      joins: [],
      documentTime: undefined,
      historyTime: undefined,
    };
  }
  const many = (count: number): readonly ID[] => [
    alice.id,
    ...Array.from({ length: count - 1 }, (_, index) => dim.ID.parse(`0x${(index + 1).toString(16).padStart(40, '0')}`)),
  ];

  test('hidden in a small group, to each but oneself', () => {
    expect(groupDispatch(stateOf([alice.id, bob.id, carol.id]), bob.id.at('phone'))).toEqual({
      form: 'hidden',
      receivers: [alice.id, carol.id],
    });
    expect(groupDispatch(stateOf(many(SHARED_GROUP_SIZE - 1)), alice.id).form).toBe('hidden');
  });

  test('as one from 16 members on', () => {
    const members = many(SHARED_GROUP_SIZE);
    expect(groupDispatch(stateOf(members), alice.id)).toEqual({
      form: 'shared',
      receiver: group,
      members: members.slice(1),
    });
  });

  test('not at all of somebody who is no member, or as long as nobody has said who is', async () => {
    const codes = [
      await errorOf(() => groupDispatch(stateOf([alice.id, bob.id]), carol.id)),
      await errorOf(() => groupDispatch(stateOf([alice.id], false), alice.id)),
    ].map(({ code }) => code);
    expect(codes).toEqual(['GROUP_DENIED', 'MISSING_MEMBERS']);
  });
});
