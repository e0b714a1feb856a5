/** Messages between people and to groups: who reads them, and what nobody reads. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ANYONE, EVERYONE, TextContent, type ID } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, faultOf, group } from '../world.ts';
import { mallory, mapOf, messengerOf, storeOf } from '../world.ts';

const hello = TextContent.create('Hello');
type Device = Awaited<ReturnType<typeof messengerOf>>;
let sender: Device;
let phone: Device;
let desktop: Device;
let other: Device;
let bytes: Uint8Array;

beforeAll(async () => {
  sender = await messengerOf(alice);
  phone = await messengerOf(bob, undefined, 'phone');
  desktop = await messengerOf(bob, undefined, 'desktop');
  other = await messengerOf(carol);
  bytes = await sender.pack(hello, bob.id);
});

describe('a message to a person', () => {
  test('is read on each terminal, and says what is authenticated', async () => {
    for (const device of [phone, desktop]) {
      const { content, sender: from, group: none, authenticated } = await device.unpack(bytes);
      expect(content.kind === 'text' && content.text).toBe('Hello');
      expect(content.toMap()).toEqual(hello.toMap());
      expect([from.equals(alice.id), none, authenticated]).toEqual([true, undefined, 'content']);
    }
    expect(Object.keys(mapOf(bytes)['keys'] as object)).toEqual([
      `${bob.id.toString()}/phone`,
      `${bob.id.toString()}/desktop`,
    ]);
  });

  test('goes to one terminal when the receiver names it, and with short names when asked', async () => {
    const packed = await sender.pack(hello, bob.id.at('phone'), { shortNames: true });
    const map = mapOf(packed);
    expect(Object.keys(map['K'] as object)).toEqual([`${bob.id.toString()}/phone`]);
    expect([map['F'], map['R']]).toEqual([alice.id.toString(), bob.id.toString()]);
    expect((await phone.unpack(packed)).content.toMap()).toEqual(hello.toMap());
  });

  test('is not for anybody else', async () => {
    const fault = ['NOT_RECIPIENT', 'receiver', 'the message is for another user'];
    expect(await faultOf(() => other.unpack(bytes))).toEqual(fault);
  });

  test('shows nothing of the content', () => {
    expect(new TextDecoder().decode(bytes)).not.toContain('Hello');
  });
});

describe('what comes in', () => {
  const flip = (text: unknown) => (String(text).startsWith('A') ? 'B' : 'A') + String(text).slice(1);

  const unsigned = ['CRYPTO_VERIFY', 'signature', "the signature is not the sender's"];
  const garbled = ['CRYPTO_DECRYPT', '', 'the message does not decrypt'];
  const stranger = ['MISSING_META', 'sender', `no meta is known of ${mallory.id.toString()}`];

  test.each<[string, (map: ReturnType<typeof mapOf>) => object, readonly string[]]>([
    ['data', ({ data }) => ({ data: flip(data) }), unsigned],
    ['signature', ({ signature }) => ({ signature: flip(signature) }), unsigned],
    ['sender', () => ({ sender: carol.id.toString() }), unsigned],
    ['unknown sender', () => ({ sender: mallory.id.toString() }), stranger],
    ['IV', ({ IV }) => ({ IV: flip(IV) }), garbled],
    ['keys', () => ({ keys: { [bob.id.toString()]: 'AAAA' } }), garbled],
    ['no keys', () => ({ keys: {} }), ['MISSING_MESSAGE_KEY', '', 'the message reuses a key that is not known']],
    [
      'receiver',
      () => ({ receiver: 'nobody' }),
      ['UNSUPPORTED_ADDRESS', 'receiver', 'no plugin reads an address of this form'],
    ],
    ['type', () => ({ type: '16' }), ['INPUT_CONFLICT', 'type', 'differs from the type of the content']],
    [
      'group',
      () => ({ group: group.id.toString() }),
      ['INPUT_CONFLICT', 'group', 'differs from the group of the content'],
    ],
    ['time', () => ({ time: 'now' }), ['INPUT_FORMAT', 'time', 'must be a number of seconds, or its decimal digits']],
  ])('%s changed is refused', async (_name, change, fault) => {
    const fresh = await messengerOf(bob);
    expect(await faultOf(() => fresh.unpack(changed(bytes, change(mapOf(bytes)))))).toEqual(fault);
  });

  test('without the type in the envelope is read', async () => {
    expect((await phone.unpack(changed(bytes, { type: undefined }))).content.toMap()).toEqual(hello.toMap());
  });

  test('a message to a person that a relay turned into a broadcast is not read', async () => {
    const error = await errorOf(() => phone.unpack(changed(bytes, { receiver: 'anyone@anywhere' })));
    expect(error.code).toBe('CRYPTO_VERIFY');
  });

  test('of a forged message no key is remembered', async () => {
    const store = await storeOf(bob);
    const device = dim.messenger({ self: bob.id, store, replay: false });
    const forged = changed(bytes, { signature: mapOf(await sender.pack(hello, bob.id))['signature'] });
    await errorOf(() => device.unpack(forged));
    expect(store.messageKeys({ sender: alice.id, destination: bob.id }, 'receive')).toEqual([]);
  });

  test('any cut or garbage is a DimError', async () => {
    for (const length of [0, 1, 10, bytes.length - 1]) {
      expect((await errorOf(() => phone.unpack(bytes.subarray(0, length)))).code).toBe('INPUT_FORMAT');
    }
    expect((await errorOf(() => phone.unpack(new Uint8Array(100).fill(0xff)))).code).toBe('INPUT_FORMAT');
  });
});

describe('a message to a group', () => {
  const content = TextContent.create('Hello all', { group: group.id });

  test('is one ciphertext for all members and terminals', async () => {
    const packed = await sender.pack(content, group.id);
    expect(Object.keys(mapOf(packed)['keys'] as object)).toHaveLength(4);
    for (const device of [phone, desktop, other, sender]) {
      const received = await device.unpack(packed);
      expect([received.content.fields['text'], received.group?.equals(group.id)]).toEqual(['Hello all', true]);
    }
    const outsider = await messengerOf(mallory);
    expect((await errorOf(() => outsider.unpack(packed))).code).toBe('NOT_RECIPIENT');
  });

  test('can be split for one member, with the group exposed or hidden', async () => {
    const exposed = await sender.pack(content, carol.id, { exposeGroup: true });
    const hidden = await sender.pack(content, carol.id);
    expect([mapOf(exposed)['group'], mapOf(hidden)['group']]).toEqual([group.id.toString(), undefined]);
    for (const packed of [exposed, hidden]) {
      expect((await other.unpack(packed)).group?.equals(group.id)).toBe(true);
    }
  });

  test('must be written for it, and needs its members', async () => {
    expect((await errorOf(() => sender.pack(hello, group.id))).code).toBe('USAGE_ARGUMENT');
    const stranger = await dim.createGroup({ founder: carol, members: [], name: 'Other', seed: 'other' });
    const toStranger = TextContent.create('x', { group: stranger.id });
    expect((await errorOf(() => sender.pack(toStranger, stranger.id))).code).toBe('MISSING_MEMBERS');
  });
});

describe('a broadcast', () => {
  test.each([
    ['anyone', ANYONE],
    ['everyone', EVERYONE],
  ])('to %s is signed and in the clear', async (_name, receiver: ID) => {
    const packed = await sender.pack(hello, receiver);
    expect(mapOf(packed)['data']).toBe(hello.serialize());
    expect(mapOf(packed)['keys']).toBeUndefined();
    expect((await other.unpack(packed)).content.toMap()).toEqual(hello.toMap());
    const forged = changed(packed, { data: hello.serialize().replace('Hello', 'Hullo') });
    expect((await errorOf(() => other.unpack(forged))).code).toBe('CRYPTO_VERIFY');
  });

  test.each([
    ['anyone', ANYONE],
    ['everyone', EVERYONE],
  ])('to %s may be about a group', async (_name, receiver: ID) => {
    const packed = await sender.pack(TextContent.create('Hello all', { group: group.id }), receiver);
    expect((await other.unpack(packed)).group?.equals(group.id)).toBe(true);
  });
});
