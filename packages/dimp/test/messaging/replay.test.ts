/** A message is read once: by whomever it is brought again, over whatever store, and whatever fails in between. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { MemoryStore, ReplayWindow, TextContent } from '../../src/index.ts';
import type { DimError, MessengerOptions, Store } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, mallory, messengerOf, storeOf } from '../world.ts';
import { NaiveStore } from '../trust/identities.ts';
import { failingOnce, failingStore } from '../failing-store.ts';

const DAY = 24 * 60 * 60;
const hello = TextContent.create('Hello');
let sender: Awaited<ReturnType<typeof messengerOf>>;
let bytes: Uint8Array;

beforeAll(async () => {
  sender = await messengerOf(alice);
  bytes = await sender.pack(hello, bob.id);
});

const readerOf = (store: Store, options: Partial<MessengerOptions> = {}) =>
  dim.messenger({ self: bob.id, store, ...options });

async function naiveStore(): Promise<NaiveStore> {
  const store = new NaiveStore();
  await dim.addUser(store, bob);
  await dim.addContact(store, alice);
  return store;
}

describe.each<[string, () => Promise<Store>]>([
  ['in memory', async () => storeOf(bob)],
  ['that only stores', naiveStore],
])('over a store %s', (_what, open) => {
  test('each message is read once, in whatever envelope it comes again', async () => {
    const device = readerOf(await open());
    await device.unpack(bytes);
    for (const again of [bytes, changed(bytes, { time: 1700000000 }), changed(bytes, { hint: 1 })])
      expect((await errorOf(() => device.unpack(again))).code).toBe('INPUT_REPLAY');
    await device.unpack(await sender.pack(hello, bob.id));
  });

  test('of several copies at once one is read', async () => {
    const device = readerOf(await open());
    const results = await Promise.allSettled(Array.from({ length: 5 }, async () => device.unpack(bytes)));
    const codes = results.map((result) => (result.status === 'fulfilled' ? 'read' : (result.reason as DimError).code));
    expect(codes.sort()).toEqual([...Array<string>(4).fill('INPUT_REPLAY'), 'read']);
  });

  test('two tabs read each message once', async () => {
    const store = await open();
    const tabs = [readerOf(store), readerOf(store)];
    const results = await Promise.allSettled(tabs.map(async (tab) => tab.unpack(bytes)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const restarted = readerOf(store);
    expect((await errorOf(() => restarted.unpack(bytes))).code).toBe('INPUT_REPLAY');
  });

  test('what was not committed was not read: after a kill, or on a full disk, it comes again', async () => {
    const store = await open();
    let isFull = true;
    const full = failingStore(store, () => (isFull ? 'the disk is full' : undefined));
    const device = readerOf(full);
    // Copies that come in the meantime are no replays: nothing was read.
    const results = await Promise.allSettled([device.unpack(bytes), device.unpack(bytes)]);
    expect(results.map((result) => (result.status === 'rejected' ? String(result.reason) : ''))).toEqual([
      'Error: the disk is full',
      'Error: the disk is full',
    ]);
    isFull = false;
    expect((await device.unpack(bytes)).content.toMap()).toEqual(hello.toMap());
    expect((await errorOf(() => device.unpack(bytes))).code).toBe('INPUT_REPLAY');
  });

  test('a copy that waits is read when the first one could not be kept', async () => {
    const store = await open();
    const device = readerOf(failingOnce(store));
    const results = await Promise.allSettled([device.unpack(bytes), device.unpack(bytes)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('each of two local users reads it', async () => {
    const store = await open();
    await dim.addUser(store, carol);
    const broadcast = await sender.pack(TextContent.create('all'), dim.ID.parse('anyone@anywhere'));
    for (const user of [bob.id, carol.id]) {
      const device = dim.messenger({ self: user, store });
      await device.unpack(broadcast);
      expect((await errorOf(() => device.unpack(broadcast))).code).toBe('INPUT_REPLAY');
    }
  });
});

test('what does not verify or decrypt is not marked', async () => {
  const store = await storeOf(bob);
  const device = readerOf(store);
  await errorOf(() => device.unpack(changed(bytes, { signature: 'AAAA' })));
  await errorOf(() => device.unpack(changed(bytes, { keys: { [bob.id.toString()]: 'AAAA' } })));
  expect(store.replayWindow.size).toBe(0);
  await device.unpack(bytes);
  expect(store.replayWindow.size).toBe(1);
});

test('a window that was saved knows it after a restart', async () => {
  const store = await storeOf(bob);
  await readerOf(store).unpack(bytes);
  const saved = JSON.stringify(store.replayWindow);
  const replayWindow = ReplayWindow.restore(JSON.parse(saved));
  const restarted = new MemoryStore({ replayWindow });
  await dim.addUser(restarted, bob);
  await dim.addContact(restarted, alice);
  expect((await errorOf(() => readerOf(restarted).unpack(bytes))).code).toBe('INPUT_REPLAY');
});

describe('clocks', () => {
  const at = async (time: number) => sender.pack(TextContent.create('x', { time }), bob.id);
  const now = 1_800_000_000;
  const clock = () => now;

  test.each([
    ['an hour ahead', 3600],
    ['nearly a day ahead', DAY - 60],
    ['two hours behind', -7200],
    ['twenty-nine days ago', -29 * DAY],
  ])('that differ: %s is read', async (_what, difference) => {
    const device = readerOf(await storeOf(bob), { clock });
    expect((await device.unpack(await at(now + difference))).content.fields['text']).toBe('x');
  });

  test('too early and too late are told apart, and can be limited otherwise', async () => {
    const device = readerOf(await storeOf(bob), { clock });
    const codeAt = async (time: number, reader = device) => {
      const { code, path } = await errorOf(async () => reader.unpack(await at(time)));
      return [code, path];
    };
    expect(await codeAt(now + DAY + 60)).toEqual(['INPUT_TOO_EARLY', 'content.time']);
    expect(await codeAt(now - 31 * DAY)).toEqual(['INPUT_TOO_LATE', 'content.time']);
    const strict = readerOf(await storeOf(bob), { clock, replay: { maxAge: 3600, maxSkew: 60 } });
    expect((await codeAt(now - 3700, strict))[0]).toBe('INPUT_TOO_LATE');
    expect((await codeAt(now + 70, strict))[0]).toBe('INPUT_TOO_EARLY');
    const patient = readerOf(await storeOf(bob), { clock, replay: { maxAge: Infinity } });
    expect((await patient.unpack(await at(now - 3000 * DAY))).content.fields['text']).toBe('x');
  });

  test('too late says why: by the limit, or as no more is remembered', async () => {
    const limited = readerOf(await storeOf(bob), { clock, replay: { maxAge: 3600 } });
    const late = await errorOf(async () => limited.unpack(await at(now - 3700)));
    expect(late.reason).toBe('is more than maxAge, 3600 seconds, ago');
    const store: Store = Object.assign(await storeOf(bob), { readState: () => 'forgotten' as const });
    const forgotten = await errorOf(async () => readerOf(store, { clock }).unpack(await at(now - 3700)));
    expect([forgotten.code, forgotten.reason]).toEqual([
      'INPUT_TOO_LATE',
      'is too long ago to tell whether it was read before',
    ]);
  });

  test('too early becomes right by waiting', async () => {
    let time = now;
    const device = readerOf(await storeOf(bob), { clock: () => time });
    const early = await at(now + 2 * DAY);
    expect((await errorOf(() => device.unpack(early))).code).toBe('INPUT_TOO_EARLY');
    time += DAY + 60;
    await device.unpack(early);
  });

  test('a content without a time cannot be told from a repeated one, where that is asked for', async () => {
    const timeless = await sender.pack(dim.Content.parse({ type: '1', sn: 7, text: 'x' }), bob.id);
    const error = await errorOf(async () => readerOf(await storeOf(bob)).unpack(timeless));
    expect([error.code, error.path]).toEqual(['INPUT_MISSING', 'content.time']);
    expect((await readerOf(await storeOf(bob), { replay: false }).unpack(timeless)).content.sn).toBe(7);
  });
});

test('strangers without number push out no contact', async () => {
  const replayWindow = new ReplayWindow({ capacity: 20 });
  const store = new MemoryStore({ replayWindow });
  await dim.addUser(store, bob);
  await dim.addContact(store, alice);
  const device = readerOf(store);
  await device.unpack(bytes);
  const late = await sender.pack(TextContent.create('late', { time: Date.now() / 1000 - 60 }), bob.id);
  // One identity is as good as many here: each message of a stranger fills the room.
  const stranger = await messengerOf(mallory);
  const codes = new Set<string>();
  for (let index = 0; index < 45; index++) {
    const time = Date.now() / 1000 + (index % 2 === 0 ? 3600 : 0);
    const flood = await stranger.pack(TextContent.create(`${index}`, { time }), bob.id, { introduce: true });
    const outcome = await device.unpack(flood).catch((error: unknown) => error);
    codes.add((outcome as Partial<DimError>).code ?? 'read');
  }
  expect(codes).toEqual(new Set(['read', 'INPUT_TOO_EARLY']));
  expect((await errorOf(() => device.unpack(bytes))).code).toBe('INPUT_REPLAY');
  expect((await device.unpack(late)).content.fields['text']).toBe('late');
});
