/** Message keys that are used again: who can read, in whatever order and number messages come, and who cannot. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { keyDirection, TextContent } from '../../src/index.ts';
import type { MemoryStore, Messenger, User, Visa } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, group, mallory, mapOf, storeOf } from '../world.ts';

const reuseKey = true;
const DAY = 24 * 60 * 60;
const text = (said: string) => TextContent.create(said);
const toGroup = (said: string) => TextContent.create(said, { group: group.id });
const hasKeys = (bytes: Uint8Array) => Object.keys(mapOf(bytes)['keys'] ?? {}).some((name) => name !== 'digest');
const said = async (reader: Messenger, bytes: Uint8Array) => (await reader.unpack(bytes)).content.fields['text'];

interface Device {
  readonly store: MemoryStore;
  readonly messenger: Messenger;
}

async function deviceOf(user: User, terminal?: string, clock?: () => number): Promise<Device> {
  const store = await storeOf(user);
  const id = terminal === undefined ? user.id : user.id.at(terminal);
  return { store, messenger: dim.messenger({ self: id, store, ...(clock && { clock }) }) };
}

let from: Device;
let to: Device;
let third: Device;

beforeEach(async () => {
  [from, to, third] = await Promise.all([deviceOf(alice), deviceOf(bob), deviceOf(carol)]);
});

/** Packs, and says that it was taken, as an application does when the station has it. */
async function send(device: Device, content: TextContent, receiver = bob.id): Promise<Uint8Array> {
  const bytes = await device.messenger.pack(content, receiver, { reuseKey });
  await device.messenger.handedOver(bytes);
  return bytes;
}

test('a key that is used again is kept, however many messages between bring one of their own', async () => {
  const first = await send(from, text('0'));
  expect(await said(to.messenger, first)).toBe('0');
  for (let round = 1; round <= 3; round++) {
    for (let index = 0; index < 10; index++) {
      const own = text(`own ${round}.${index}`);
      expect(await said(to.messenger, await from.messenger.pack(own, bob.id))).toBe(own.text);
    }
    const again = await send(from, text(`${round}`));
    expect([hasKeys(again), await said(to.messenger, again)]).toEqual([false, `${round}`]);
  }
});

test('a key that was named once stays one, also when a message brings it without a name', async () => {
  const bytes = await send(from, text('0'));
  await to.messenger.unpack(bytes);
  await to.messenger.unpack(await from.messenger.pack(text('other'), bob.id));
  const again = await from.messenger.packMessage(text('1'), bob.id, { reuseKey });
  expect(again.message.hasKey).toBe(false);
  const { digest: _, ...keys } = mapOf(bytes)['keys'] as Record<string, string>;
  const nameless = dim.ReliableMessage.parse({ ...again.message.toMap(), keys });
  expect((await to.messenger.open(nameless)).content.fields['text']).toBe('1');
  const kept = to.store.messageKeys({ sender: alice.id, destination: bob.id }, 'receive') ?? [];
  expect(new Set(kept.map(({ isNamed }) => isNamed))).toEqual(new Set([false, true]));
});

test('a key that came in one message alone makes room for the next', async () => {
  const direction = { sender: alice.id, destination: bob.id };
  for (let index = 0; index < 12; index++) {
    await said(to.messenger, await from.messenger.pack(text(`${index}`), bob.id));
    expect(to.store.messageKeys(direction, 'receive')?.length).toBeLessThanOrEqual(8);
  }
});

describe('a key', () => {
  test('is left out only after a message that carried it was handed over, and is one for all until then', async () => {
    const first = await from.messenger.pack(text('1'), bob.id, { reuseKey });
    const second = await from.messenger.pack(text('2'), bob.id, { reuseKey });
    expect([hasKeys(first), hasKeys(second)]).toEqual([true, true]);
    const digestOf = (bytes: Uint8Array) => (mapOf(bytes)['keys'] as { digest: string }).digest;
    expect(digestOf(first)).toBe(digestOf(second));
    await from.messenger.handedOver(second);
    const later = await from.messenger.pack(text('3'), bob.id, { reuseKey });
    expect([hasKeys(later), digestOf(later), mapOf(later)['IV'] === mapOf(first)['IV']]).toEqual([
      false,
      digestOf(first),
      false,
    ]);
    for (const [index, bytes] of [second, later, first].entries())
      expect(await said(to.messenger, bytes)).toBe(['2', '3', '1'][index]);
  });

  test('is not reused and not named without being asked', async () => {
    await send(from, text('1'));
    const bytes = await from.messenger.pack(text('2'), bob.id);
    expect([hasKeys(bytes), Object.keys(mapOf(bytes)['keys'] as object)]).toEqual([
      true,
      bob.visas.map(({ did }) => did.toString()),
    ]);
  });

  test('is used for a week at most', async () => {
    let now = Date.now() / 1000;
    const device = await deviceOf(alice, undefined, () => now);
    await send(device, text('1'));
    now += 6 * DAY;
    expect(hasKeys(await send(device, text('2')))).toBe(false);
    now += 2 * DAY;
    expect(hasKeys(await send(device, text('3')))).toBe(true);
    // A clock that was set back makes a new one, too.
    now -= 30 * DAY;
    expect(hasKeys(await send(device, text('4')))).toBe(true);
  });

  test('is known as it was after a restart', async () => {
    const [first, second] = [await send(from, text('1')), await send(from, text('2'))];
    await to.messenger.unpack(first);
    const restarted = dim.messenger({ self: bob.id, store: to.store });
    expect(await said(restarted, second)).toBe('2');
    const sender = dim.messenger({ self: alice.id, store: from.store });
    expect(hasKeys(await sender.pack(text('3'), bob.id, { reuseKey }))).toBe(false);
  });
});

describe('nothing is unreadable', () => {
  test('when the first message is lost: it was never handed over', async () => {
    await from.messenger.pack(text('lost'), bob.id, { reuseKey });
    const next = await send(from, text('2'));
    expect(await said(to.messenger, next)).toBe('2');
    expect(await said(to.messenger, await send(from, text('3')))).toBe('3');
  });

  test('when a signature fails: no key is kept for what did not go out', async () => {
    const broken = await storeOf(alice);
    const { identity, decrypt } = alice.keys;
    let works = false;
    const unsteady = {
      algorithm: identity.algorithm,
      fields: identity.fields,
      publicKey: identity.publicKey,
      sign: (bytes: Uint8Array) => (works ? identity.sign(bytes) : Promise.reject(new Error('no card'))),
      toJSON: () => identity.fields,
    };
    broken.commit([{ do: 'keep-keys', id: alice.id, keys: { identity: unsteady, decrypt } }]);
    const device = { store: broken, messenger: dim.messenger({ self: alice.id, store: broken }) };
    await errorOf(() => device.messenger.pack(text('1'), bob.id, { reuseKey }));
    expect(broken.messageKeys({ sender: alice.id, destination: bob.id }, 'send')).toEqual([]);
    works = true;
    expect(await said(to.messenger, await send(device, text('2')))).toBe('2');
  });

  test('when messages come in another order, or at once', async () => {
    const packed = await Promise.all(
      ['1', '2', '3'].map(async (each) => from.messenger.pack(text(each), bob.id, { reuseKey })),
    );
    await Promise.all(packed.map(async (bytes) => from.messenger.handedOver(bytes)));
    const last = await send(from, text('4'));
    expect(hasKeys(last)).toBe(false);
    const inOrder = [packed[2], last, packed[0], packed[1]] as readonly Uint8Array[];
    const [first = new Uint8Array(), ...rest] = inOrder;
    expect(await said(to.messenger, first)).toBe('3');
    expect(await Promise.all(rest.map(async (bytes) => said(to.messenger, bytes)))).toEqual(['4', '1', '2']);
  });

  test.each([
    ['the one that brings the key first', [0, 1, 2]],
    ['the one that brings the key last', [2, 1, 0]],
  ])('when the first ones come at once, %s', async (_name, order) => {
    const packed = [await send(from, text('0')), await send(from, text('1')), await send(from, text('2'))];
    expect(packed.map(hasKeys)).toEqual([true, false, false]);
    const all = order.map(async (index) => said(to.messenger, packed[index] ?? new Uint8Array()));
    expect(await Promise.all(all)).toEqual(order.map(String));
  });

  test('when the one that brings the key cannot be read, the others say what is missing', async () => {
    const [first, second] = [await send(from, text('0')), await send(from, text('1'))];
    const broken = changed(first, { signature: mapOf(second)['signature'] });
    const both = await Promise.allSettled([broken, second].map(async (bytes) => said(to.messenger, bytes)));
    expect(both).toMatchObject([
      { status: 'rejected', reason: { code: 'CRYPTO_VERIFY' } },
      { status: 'rejected', reason: { code: 'MISSING_MESSAGE_KEY' } },
    ]);
    expect(await said(to.messenger, first)).toBe('0');
    expect(await said(to.messenger, second)).toBe('1');
  });

  test('when a sender has several devices', async () => {
    const devices = await Promise.all(['phone', 'desktop'].map(async (terminal) => deviceOf(alice, terminal)));
    for (let round = 0; round < 3; round++) {
      for (const [index, device] of devices.entries()) {
        const bytes = await send(device, text(`${round}/${index}`));
        expect(hasKeys(bytes)).toBe(round === 0);
        expect(await said(to.messenger, bytes)).toBe(`${round}/${index}`);
      }
    }
  });

  test('when two devices share one store', async () => {
    const store = await storeOf(alice);
    const [phone, desktop] = ['phone', 'desktop'].map((terminal): Device => {
      return { store, messenger: dim.messenger({ self: alice.id.at(terminal), store }) };
    }) as [Device, Device];
    const all = [await send(phone, text('1')), await send(desktop, text('2')), await send(phone, text('3'))];
    expect(all.map((bytes) => hasKeys(bytes))).toEqual([true, true, false]);
    for (const bytes of all) await to.messenger.unpack(bytes);
  });

  test('when an old message comes once more', async () => {
    const old = await from.messenger.pack(text('old'), bob.id);
    await to.messenger.unpack(old);
    const [first, second] = [await send(from, text('1')), await send(from, text('2'))];
    await to.messenger.unpack(first);
    expect((await errorOf(() => to.messenger.unpack(old))).code).toBe('INPUT_REPLAY');
    const without = dim.messenger({ self: bob.id, store: to.store, replay: false });
    await without.unpack(old);
    expect(await said(to.messenger, second)).toBe('2');
  });

  test('while up to eight keys of a direction are in use, the last used among them', async () => {
    const devices = await Promise.all(Array.from({ length: 9 }, async (_, index) => deviceOf(alice, `t${index}`)));
    const [first, ...others] = devices as [Device, ...Device[]];
    await to.messenger.unpack(await send(first, text('a')));
    for (const [index, device] of others.entries()) {
      await to.messenger.unpack(await send(device, text('x')));
      // It is used all the time, so that it is none of the oldest.
      expect(await said(to.messenger, await send(first, text(`b${index}`)))).toBe(`b${index}`);
    }
    expect(to.store.messageKeys({ sender: alice.id, destination: bob.id }, 'receive')).toHaveLength(8);
    const oldest = await send(others[0] as Device, text('gone'));
    const error = await errorOf(() => to.messenger.unpack(oldest));
    expect([error.code, error.missing]).toEqual([
      'MISSING_MESSAGE_KEY',
      [{ what: 'message-key', id: alice.id, destination: bob.id }],
    ]);
  });
});

describe('in the shapes of earlier years', () => {
  test.each(['2.0', 'deployed'] as const)('%s: a key is brought or left out as a whole', async (wireShape) => {
    const device = dim.messenger({ self: alice.id, store: from.store, wireShape });
    const packed: Uint8Array[] = [];
    for (const each of ['1', '2', '3']) {
      const bytes = await device.pack(text(each), carol.id, { reuseKey });
      await device.handedOver(bytes);
      packed.push(bytes);
    }
    for (const [index, bytes] of packed.entries()) {
      const { key, keys } = mapOf(bytes);
      // The one form names no key, so that nobody can tell which one was handed over: each message brings it.
      const brought = wireShape === '2.0' ? [true, false] : [false, index === 0];
      expect([key !== undefined, keys !== undefined]).toEqual(brought);
      expect(await said(third.messenger, bytes)).toBe(`${index + 1}`);
    }
  });
});

describe('a group', () => {
  test('whose member left gets a new key, and so does one whose member came', async () => {
    const first = await send(from, toGroup('1'), group.id);
    for (const reader of [to, third]) await reader.messenger.unpack(first);
    expect(hasKeys(await send(from, toGroup('2'), group.id))).toBe(false);
    await dim.setMembers(from.store, group.id, [alice.id, carol.id]);
    const without = await send(from, toGroup('3'), group.id);
    expect(await said(third.messenger, without)).toBe('3');
    expect((await errorOf(() => to.messenger.unpack(without))).code).toBe('NOT_RECIPIENT');
    const next = await send(from, toGroup('4'), group.id);
    expect([hasKeys(next), await said(third.messenger, next)]).toEqual([false, '4']);
    expect((await errorOf(() => to.messenger.unpack(next))).code).toBe('MISSING_MESSAGE_KEY');
    await dim.addContact(from.store, mallory);
    await dim.setMembers(from.store, group.id, [alice.id, carol.id, mallory.id]);
    const toAll = await send(from, toGroup('5'), group.id);
    expect(await said((await deviceOf(mallory)).messenger, toAll)).toBe('5');
  });

  test('whose member replaced a device gets a new key', async () => {
    await send(from, toGroup('1'), group.id);
    const [visa] = carol.visas as readonly [Visa];
    const newKey = await dim.PrivateKey.generate('RSA', { bits: 1024 });
    const renewed = await visa
      .with({ key: newKey.publicKey })
      .sign(carol.keys.identity, { time: (visa.time ?? 0) + 9 });
    await dim.addContact(from.store, { ...carol, visas: [renewed] });
    const next = await send(from, toGroup('2'), group.id);
    expect(hasKeys(next)).toBe(true);
    expect((await errorOf(() => third.messenger.unpack(next))).code).toBe('CRYPTO_DECRYPT');
  });
});

describe('a person', () => {
  test('with one more device gets a new key, and so does one device alone', async () => {
    expect(hasKeys(await send(from, text('1'), bob.id.at('phone')))).toBe(true);
    expect(hasKeys(await send(from, text('2')))).toBe(true);
    expect(hasKeys(await send(from, text('3')))).toBe(false);
    const [visa] = bob.visas as readonly [Visa];
    const pad = await dim.Document.create({
      type: 'visa',
      did: bob.id.at('pad'),
      properties: { key: visa.encryptKey },
    }).sign(bob.keys.identity);
    await dim.addContact(from.store, { ...bob, visas: [pad] });
    expect(hasKeys(await send(from, text('4')))).toBe(true);
  });

  test('who was forgotten gets a new key', async () => {
    await send(from, text('1'));
    await dim.forget(from.store, bob.id);
    await dim.addContact(from.store, bob);
    expect(hasKeys(await send(from, text('2')))).toBe(true);
  });
});

describe('a key that came in', () => {
  test('is never one to send with, whoever sent it', async () => {
    // Bob's own message, as Mallory got it, comes back as if he had written it to the group.
    const device = await deviceOf(bob);
    await dim.addContact(device.store, mallory);
    const toMallory = await device.messenger.pack(text('hi'), mallory.id);
    const atMallory = await deviceOf(mallory);
    await dim.addContact(atMallory.store, bob);
    await atMallory.messenger.unpack(toMallory);
    const keyOf = Object.values(mapOf(toMallory)['keys'] as object)[0] as unknown;
    const returned = changed(toMallory, { receiver: group.id.toString(), keys: { [bob.id.toString()]: keyOf } });
    await errorOf(() => device.messenger.unpack(returned));
    // Nor what a member sent to the group and sends back.
    const own = await device.messenger.pack(toGroup('1'), group.id);
    await device.messenger.unpack(own).catch(() => undefined);
    expect(device.store.messageKeys({ sender: bob.id, destination: group.id }, 'send')).toEqual([]);
    expect(hasKeys(await device.messenger.pack(toGroup('2'), group.id, { reuseKey }))).toBe(true);
  });

  test('of one local user is none of another', async () => {
    const store = await storeOf(alice);
    await dim.addUser(store, bob);
    const [first, second] = [dim.messenger({ self: alice.id, store }), dim.messenger({ self: bob.id, store })];
    const bytes = await first.pack(text('1'), bob.id, { reuseKey });
    await first.handedOver(bytes);
    await second.unpack(bytes);
    expect(hasKeys(await second.pack(text('2'), alice.id, { reuseKey }))).toBe(true);
  });
});

test('what was handed over needs not be packed here: other messages change nothing', async () => {
  const foreign = await to.messenger.pack(text('1'), alice.id, { reuseKey });
  await from.messenger.handedOver(foreign);
  const { message } = await from.messenger.packMessage(text('2'), bob.id);
  await from.messenger.handedOver(message);
  expect(from.store.messageKeys(keyDirection(message), 'send')).toEqual([]);
  expect((await errorOf(() => from.messenger.handedOver(new Uint8Array()))).code).toBe('USAGE_ARGUMENT');
});
