/** What a messenger can vouch for: the envelope, the time, and that a message is read once. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ANYONE, EVERYONE, ReplayWindow, TextContent, type MessengerOptions } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, group, mapOf, messengerOf, storeOf } from '../world.ts';

const hello = TextContent.create('Hello');
const proveEnvelope = true;
let sender: Awaited<ReturnType<typeof messengerOf>>;
let proven: Uint8Array;
let plain: Uint8Array;

async function reader(options: Omit<MessengerOptions, 'user' | 'store'> = {}) {
  return dim.messenger({ user: bob.id, store: await storeOf(bob), ...options });
}

beforeAll(async () => {
  sender = await messengerOf(alice);
  proven = await sender.pack(hello, bob.id, { proveEnvelope });
  plain = await sender.pack(hello, bob.id);
});

describe('the envelope', () => {
  test('is authenticated where the sender signs it', async () => {
    const device = await reader();
    expect((await device.unpack(proven)).authenticated).toBe('envelope');
    expect((await device.unpack(plain)).authenticated).toBe('content');
    expect(mapOf(plain)['envelope_proof']).toBeUndefined();
  });

  test.each(['2.4', '2.0', 'network'] as const)('is authenticated in the shapes of the profile %s', async (profile) => {
    const device = await reader();
    for (const receiver of [bob.id, bob.id.at('phone'), ANYONE, EVERYONE]) {
      const packed = await sender.pack(hello, receiver, { proveEnvelope, profile });
      expect((await device.unpack(packed)).authenticated).toBe('envelope');
    }
  });

  test('can be demanded', async () => {
    const strict = await reader({ requireEnvelopeProof: true });
    expect((await strict.unpack(proven)).authenticated).toBe('envelope');
    const error = await errorOf(() => strict.unpack(plain));
    expect([error.code, error.path]).toEqual(['CRYPTO_VERIFY', 'envelope_proof']);
  });

  test.each([
    ['time', { time: 1700000000 }],
    ['receiver', { receiver: bob.id.at('tablet').toString() }],
    ['type', { type: undefined }],
    ['keys', { keys: {} }],
    ['IV', { IV: undefined }],
    ['proof', { envelope_proof: { signature: 'AAAA' } }],
  ])('is refused when its %s changed, also where no proof is demanded', async (_name, change) => {
    const error = await errorOf(async () => (await reader()).unpack(changed(proven, change)));
    expect([error.code, error.path]).toEqual(['CRYPTO_VERIFY', 'envelope_proof']);
  });

  test('of a message to a group is authenticated, whole and split for one member', async () => {
    const content = TextContent.create('Hello all', { group: group.id });
    const packed = await sender.pack(content, group.id, { proveEnvelope });
    const device = await reader({ requireEnvelopeProof: true });
    const keys = Object.entries(mapOf(packed)['keys'] as object).filter(([name]) => name.startsWith('bob'));
    const part = { receiver: bob.id.toString(), keys: Object.fromEntries(keys) as object };
    for (const change of [{}, part, { ...part, group: group.id.toString() }]) {
      const { authenticated, group: of } = await device.unpack(changed(packed, change));
      expect([authenticated, of?.equals(group.id)]).toEqual(['envelope', true]);
    }
  });

  test('of a part that hides its group is that of the group in the content', async () => {
    const stranger = await dim.createGroup({ founder: alice, members: [bob.id], name: 'Other', seed: 'other' });
    const store = await storeOf(alice);
    await store.addGroup(stranger);
    // The envelope says one group, and the content another: nobody but the sender can write such a message.
    const content = TextContent.create('Hello all', { group: group.id });
    const honest = await dim.messenger({ user: alice.id, store }).seal(content, bob.id);
    const written = dim.ReliableMessage.parse({ ...honest.toMap(), receiver: stranger.id.toString() });
    const { proveEnvelope: prove } = await import('dkd');
    const proof = await prove(written, alice.privateKeys[0]);
    const part = { ...honest.toMap(), envelope_proof: proof.toMap()['envelope_proof'] };
    const error = await errorOf(async () => (await reader()).open(dim.ReliableMessage.parse(part)));
    expect([error.code, error.path]).toEqual(['INPUT_CONFLICT', 'envelope_proof.receiver']);
  });
});

describe('the time', () => {
  test('of the envelope is that of the content, if nothing else is said', async () => {
    const written = TextContent.create('Hello', { time: 1700000000 });
    expect(mapOf(await sender.pack(written, bob.id))['time']).toBe(1700000000);
    expect(mapOf(await sender.pack(written, bob.id, { time: 1700000060.5 }))['time']).toBe(1700000060.5);
  });

  test('is compared with that of the content', async () => {
    const content = TextContent.create('Hello', { time: 1700000000 });
    const late = await sender.pack(content, bob.id, { time: 1700000060.5 });
    const strict = await reader({ maxTimeDifference: 60 });
    expect((await (await reader()).unpack(late)).timeDifference).toBe(60.5);
    const error = await errorOf(() => strict.unpack(late));
    expect([error.code, error.path]).toEqual(['INPUT_CONFLICT', 'time']);
    const early = await sender.pack(content, bob.id, { time: 1699999940 });
    expect((await strict.unpack(early)).timeDifference).toBe(-60);
    expect((await strict.unpack(changed(early, { time: undefined }))).timeDifference).toBeUndefined();
  });
});

describe('a replay window', () => {
  test('lets each message in once, in whatever envelope it comes again', async () => {
    const device = await reader({ replayWindow: new ReplayWindow() });
    await device.unpack(plain);
    for (const again of [plain, changed(plain, { time: 1700000000 }), changed(plain, { hint: 1 })])
      expect((await errorOf(() => device.unpack(again))).code).toBe('INPUT_REPLAY');
    await device.unpack(await sender.pack(hello, bob.id));
  });

  test('is not touched by messages that do not verify or decrypt', async () => {
    const replayWindow = new ReplayWindow();
    const device = await reader({ replayWindow });
    await errorOf(() => device.unpack(changed(plain, { signature: 'AAAA' })));
    await errorOf(() => device.unpack(changed(plain, { keys: { [bob.id.toString()]: 'AAAA' } })));
    expect(replayWindow.size).toBe(0);
    await device.unpack(plain);
    expect(replayWindow.size).toBe(1);
  });

  test('of two at the same time lets one in', async () => {
    const device = await reader({ replayWindow: new ReplayWindow() });
    const results = await Promise.allSettled([device.unpack(plain), device.unpack(plain), device.unpack(plain)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('keeps an old key from coming back, and lets a message come again that could not be kept', async () => {
    const store = await storeOf(bob);
    const direction = { sender: alice.id, destination: bob.id };
    const device = dim.messenger({ user: bob.id, store, replayWindow: new ReplayWindow() });
    await device.unpack(plain);
    await device.unpack(await sender.pack(hello, bob.id));
    const newest = store.messageKey(direction);
    await errorOf(() => device.unpack(plain));
    expect(store.messageKey(direction)).toBe(newest);

    const full = await storeOf(bob);
    const save = full.saveMessageKey.bind(full);
    let broken = true;
    full.saveMessageKey = (...parts) => {
      if (broken) throw new Error('the disk is full');
      save(...parts);
    };
    const other = dim.messenger({ user: bob.id, store: full, replayWindow: new ReplayWindow() });
    await expect(other.unpack(plain)).rejects.toThrow('the disk is full');
    broken = false;
    expect((await other.unpack(plain)).content.toMap()).toEqual(hello.toMap());
  });

  test('refuses what is too old or from the future, by the time that the sender signed', async () => {
    const device = await reader({ replayWindow: new ReplayWindow({ maxAge: 3600 }) });
    const now = Date.now() / 1000;
    for (const time of [now - 4000, now + 400]) {
      const packed = await sender.pack(TextContent.create('x', { time }), bob.id, { time: now });
      const error = await errorOf(() => device.unpack(packed));
      expect([error.code, error.path]).toEqual(['INPUT_TIME', 'content.time']);
    }
  });
});

test('a message that another member sends on as if it were for others does not pass', async () => {
  // Bob has the key of the message: he can encrypt it for Carol, but not sign for Alice that she wrote to Carol.
  const opened = await (await reader()).unpack(proven);
  expect(opened.content.toMap()).toEqual(hello.toMap());
  const toCarol = await sender.pack(hello, carol.id);
  const sentOn = changed(proven, { receiver: carol.id.toString(), keys: mapOf(toCarol)['keys'] });
  const error = await errorOf(async () => (await messengerOf(carol)).unpack(sentOn));
  expect([error.code, error.path]).toEqual(['CRYPTO_VERIFY', 'envelope_proof']);
});
