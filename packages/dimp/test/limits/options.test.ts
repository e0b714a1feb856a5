/** Options that switch off a limit are refused where they are given: nothing tells later that it never held. */
import { describe, expect, test } from '@jest/globals';
import { authenticate, learnIdentity, MemoryStore, openMessage, packMessage, ReplayWindow } from '../../src/index.ts';
import { ReliableMessage, TextContent, type MessengerOptions, type OpenOptions } from '../../src/index.ts';
import { alice, bob, dim, errorOf, group, messengerOf, storeOf } from '../world.ts';

const whereOf = async (action: () => unknown) => {
  const { code, path } = await errorOf(action);
  return [code, path];
};
const hello = TextContent.create('Hello');

const LIMITS: readonly (readonly [path: string, options: object])[] = [
  ['replay', { replay: true }],
  ['replay', { replay: null }],
  ['replay', { replay: [] }],
  ['replay.maxAge', { replay: { maxAge: NaN } }],
  ['replay.maxAge', { replay: { maxAge: -1 } }],
  ['replay.maxAge', { replay: { maxAge: '60' } }],
  ['replay.maxSkew', { replay: { maxSkew: NaN } }],
  ['maxTimeDifference', { maxTimeDifference: NaN }],
  ['maxTimeDifference', { maxTimeDifference: null }],
  ['requireEnvelopeProof', { requireEnvelopeProof: 'yes' }],
  ['clock', { clock: () => NaN }],
  ['clock', { clock: () => Date.now() }],
  ['clock', { clock: 1700000000 }],
  ['self', { self: bob.id.toString() }],
  ['self', { self: group.id }],
  ['self', { self: undefined }],
];

test.each(LIMITS)('at %s, %o is refused by a messenger, and by openMessage', async (path, options) => {
  const store = await storeOf(bob);
  const all = { self: bob.id, store, ...options } as MessengerOptions;
  expect(await whereOf(() => dim.messenger(all))).toEqual(['USAGE_ARGUMENT', path]);
  const { message } = await (await messengerOf(alice)).packMessage(hello, bob.id);
  expect(await whereOf(() => openMessage(dim, store, message, all as OpenOptions))).toEqual(['USAGE_ARGUMENT', path]);
});

test('no limit at all is said so', async () => {
  const { message } = await (await messengerOf(alice)).packMessage(hello, bob.id);
  const options = { replay: { maxAge: Infinity, maxSkew: Infinity }, maxTimeDifference: Infinity };
  const reader = dim.messenger({ self: bob.id, store: await storeOf(bob), ...options });
  expect((await reader.open(message)).content.toMap()).toEqual(hello.toMap());
});

test.each<[string, object]>([
  ['wireShape', { wireShape: 'old' }],
  ['store', { store: undefined }],
  ['store', { store: {} }],
])('at %s, %o is refused by a messenger', async (path, options) => {
  const all = { self: bob.id, store: new MemoryStore(), ...options } as MessengerOptions;
  expect(await whereOf(() => dim.messenger(all))).toEqual(['USAGE_ARGUMENT', path]);
});

test('a messenger without options is refused', async () => {
  expect(await whereOf(() => dim.messenger(undefined as never))).toEqual(['USAGE_ARGUMENT', 'options']);
});

describe('without a messenger', () => {
  const clock = () => NaN;

  test('the clock of whoever authenticates, learns and packs must tell the time', async () => {
    const store = await storeOf(alice);
    const { message } = await (await messengerOf(alice)).packMessage(hello, bob.id);
    const timeless = dim.Content.parse({ type: '1', sn: 1, text: 'x' });
    const receiver = bob.id;
    for (const action of [
      () => authenticate(dim, store, message, { clock }),
      () => learnIdentity(dim, store, { id: bob.id, documents: bob.visas }, { clock }),
      () => packMessage(dim, store, { content: timeless, receiver }, { self: alice.id, clock }),
      () => packMessage(dim, store, { content: hello, receiver }, { self: alice.id, clock, reuseKey: true }),
    ])
      expect(await whereOf(action)).toEqual(['USAGE_ARGUMENT', 'clock']);
  });

  test('whoever packs is a user, and writes in a known wireShape', async () => {
    const store = await storeOf(alice);
    for (const [path, options] of [
      ['self', { self: group.id }],
      ['self', { self: 'alice' }],
      ['wireShape', { self: alice.id, wireShape: 'old' }],
    ] as const)
      expect(
        await whereOf(() => packMessage(dim, store, { content: hello, receiver: bob.id }, options as never)),
      ).toEqual(['USAGE_ARGUMENT', path]);
  });

  test('an envelope proof is required, or not', async () => {
    const { message } = await (await messengerOf(alice)).packMessage(hello, bob.id);
    const options = { requireEnvelopeProof: 1 } as never;
    expect(await whereOf(() => authenticate(dim, new MemoryStore(), message, options))).toEqual([
      'USAGE_ARGUMENT',
      'requireEnvelopeProof',
    ]);
    expect(message).toBeInstanceOf(ReliableMessage);
  });

  test('a replay window has a clock that tells the time', async () => {
    expect(await whereOf(() => new ReplayWindow({ clock }))).toEqual(['USAGE_ARGUMENT', 'clock']);
    expect(await whereOf(() => new ReplayWindow({ maxAge: NaN }))).toEqual(['USAGE_ARGUMENT', 'maxAge']);
  });
});

test('a message of a wireShape that there is not is not packed', async () => {
  const messenger = await messengerOf(alice);
  const options = { wireShape: 'old' } as never;
  expect(await whereOf(() => messenger.pack(hello, bob.id, options))).toEqual(['USAGE_ARGUMENT', 'wireShape']);
});
