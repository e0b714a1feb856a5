import { beforeAll, describe, expect, test } from '@jest/globals';
import { ANYONE, EVERYONE, MemoryStore, TextContent, type ID, type PrivateKey, type Visa } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, group, mallory, mapOf, messengerOf, storeOf } from '../world.ts';

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
    expect((await errorOf(() => other.unpack(bytes))).code).toBe('MISSING_PRIVATE_KEY');
  });

  test('shows nothing of the content', () => {
    expect(new TextDecoder().decode(bytes)).not.toContain('Hello');
  });
});

describe('what comes in', () => {
  const flip = (text: unknown) => (String(text).startsWith('A') ? 'B' : 'A') + String(text).slice(1);

  test.each([
    ['data', (map: ReturnType<typeof mapOf>) => ({ data: flip(map['data']) }), 'CRYPTO_VERIFY'],
    ['signature', (map: ReturnType<typeof mapOf>) => ({ signature: flip(map['signature']) }), 'CRYPTO_VERIFY'],
    ['sender', () => ({ sender: carol.id.toString() }), 'CRYPTO_VERIFY'],
    ['unknown sender', () => ({ sender: mallory.id.toString() }), 'MISSING_META'],
    ['IV', (map: ReturnType<typeof mapOf>) => ({ IV: flip(map['IV']) }), 'CRYPTO_DECRYPT'],
    ['keys', () => ({ keys: { [bob.id.toString()]: 'AAAA' } }), 'CRYPTO_DECRYPT'],
    ['no keys', () => ({ keys: {} }), 'MISSING_MESSAGE_KEY'],
    ['receiver', () => ({ receiver: 'nobody' }), 'UNSUPPORTED_ADDRESS'],
    ['type', () => ({ type: '16' }), 'INPUT_CONFLICT'],
    ['group', () => ({ group: group.id.toString() }), 'INPUT_CONFLICT'],
    ['time', () => ({ time: 'now' }), 'INPUT_FORMAT'],
  ])('%s changed is refused', async (_name, change, code) => {
    const fresh = await messengerOf(bob);
    expect((await errorOf(() => fresh.unpack(changed(bytes, change(mapOf(bytes)))))).code).toBe(code);
  });

  test('a message to a person that a relay turned into a broadcast is not read', async () => {
    const error = await errorOf(() => phone.unpack(changed(bytes, { receiver: 'anyone@anywhere' })));
    expect(error.code).toBe('CRYPTO_VERIFY');
  });

  test('of a forged message no key is remembered', async () => {
    const store = await storeOf(bob);
    const device = dim.messenger({ user: bob.id, store });
    const forged = changed(bytes, { signature: mapOf(await sender.pack(hello, bob.id))['signature'] });
    await errorOf(() => device.unpack(forged));
    expect(store.messageKey({ sender: alice.id, destination: bob.id })).toBeUndefined();
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
    expect((await errorOf(() => outsider.unpack(packed))).code).toBe('CRYPTO_DECRYPT');
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
});

describe('a reused key', () => {
  test('is left out, and taken from the cache of the direction', async () => {
    const from = await messengerOf(alice);
    const to = await messengerOf(bob);
    const first = await from.pack(hello, bob.id, { reuseKey: true });
    expect(mapOf(first)['keys']).toBeDefined();
    const second = await from.pack(hello, bob.id, { reuseKey: true });
    expect(mapOf(second)['keys']).toBeUndefined();
    expect(mapOf(second)['IV']).not.toBe(mapOf(first)['IV']);
    expect((await errorOf(() => to.unpack(second))).code).toBe('MISSING_MESSAGE_KEY');
    await to.unpack(first);
    expect((await to.unpack(second)).content.toMap()).toEqual(hello.toMap());
  });

  test('is never reused without being asked', async () => {
    const from = await messengerOf(alice);
    await from.pack(hello, bob.id);
    expect(mapOf(await from.pack(hello, bob.id))['keys']).toBeDefined();
  });
});

describe('first contact', () => {
  test('a sender who introduces itself is read and remembered', async () => {
    const stranger = await messengerOf(mallory);
    const store = await storeOf(bob);
    const device = dim.messenger({ user: bob.id, store });
    const packed = await stranger.pack(hello, bob.id, { introduce: true });
    expect((await device.unpack(packed)).sender.equals(mallory.id)).toBe(true);
    expect(store.meta(mallory.id)?.matches(mallory.id)).toBe(true);
    expect(await device.pack(hello, mallory.id)).toBeInstanceOf(Uint8Array);
  });

  test("with somebody else's meta or visa is refused, and nothing is remembered", async () => {
    const stranger = await messengerOf(mallory);
    const store = await storeOf(bob);
    const device = dim.messenger({ user: bob.id, store });
    const packed = await stranger.pack(hello, bob.id, { introduce: true });
    const foreignMeta = changed(packed, { meta: carol.meta.toMap() });
    expect((await errorOf(() => device.unpack(foreignMeta))).code).toBe('CRYPTO_VERIFY');
    expect(store.meta(mallory.id)).toBeUndefined();
    const foreignVisa = changed(packed, { visa: carol.visas[0]?.toMap() });
    expect((await errorOf(() => device.unpack(foreignVisa))).code).toBe('INPUT_CONFLICT');
    const unsigned = changed(packed, { visa: { ...mallory.visas[0]?.toMap(), signature: undefined } });
    expect((await errorOf(() => device.unpack(unsigned))).code).toBe('CRYPTO_VERIFY');
    expect(store.documents(mallory.id)).toEqual([]);
  });

  test('of a message that does not verify or decrypt, nothing is remembered', async () => {
    const stranger = await messengerOf(mallory);
    const store = await storeOf(bob);
    const device = dim.messenger({ user: bob.id, store });
    const packed = await stranger.pack(hello, bob.id, { introduce: true });
    for (const change of [{ signature: mapOf(bytes)['signature'] }, { IV: mapOf(bytes)['IV'] }]) {
      await errorOf(() => device.unpack(changed(packed, change)));
      expect([store.meta(mallory.id), store.documents(mallory.id)]).toEqual([undefined, []]);
    }
  });

  test('an older visa that is attached proves nothing, and a newer one counts at once', async () => {
    const [identityKey, oldKey] = mallory.privateKeys as readonly [PrivateKey, PrivateKey];
    const newKey = await dim.PrivateKey.generate('RSA');
    const [visa] = mallory.visas as readonly [Visa];
    const newer = await visa.with({ key: newKey.publicKey }).sign(identityKey, { time: (visa.time ?? 0) + 1 });
    const signedBy = async (key: PrivateKey, attached: Visa) => {
      const store = await storeOf(mallory);
      store.setPrivateKeys(mallory.id, [key]);
      const packed = await dim.messenger({ user: mallory.id, store }).pack(hello, bob.id);
      return changed(packed, { visa: attached.toMap() });
    };
    const store = await storeOf(bob);
    await store.addContact(mallory);
    const device = dim.messenger({ user: bob.id, store });
    await device.unpack(await signedBy(oldKey, visa));
    await device.unpack(await signedBy(newKey, newer));
    expect(store.documents(mallory.id)).toHaveLength(1);
    expect((await errorOf(async () => device.unpack(await signedBy(oldKey, visa)))).code).toBe('CRYPTO_VERIFY');
    expect((await errorOf(async () => device.unpack(await signedBy(oldKey, newer)))).code).toBe('CRYPTO_VERIFY');
  });

  test('another meta for a known sender is an alarm, and the message is not read', async () => {
    class Pinned extends MemoryStore {
      override meta(id: ID) {
        return id.equals(mallory.id) ? carol.meta : super.meta(id);
      }
    }
    const store = new Pinned();
    await store.addUser(bob);
    const packed = await (await messengerOf(mallory)).pack(hello, bob.id, { introduce: true });
    const device = dim.messenger({ user: bob.id, store });
    expect((await errorOf(() => device.unpack(packed))).code).toBe('CRYPTO_META_CHANGED');
  });
});

describe('packing', () => {
  test('says what is missing', async () => {
    expect((await errorOf(() => sender.pack(hello, mallory.id))).code).toBe('MISSING_VISA');
    const store = await storeOf(bob);
    const nobody = dim.messenger({ user: alice.id, store });
    expect((await errorOf(() => nobody.pack(hello, bob.id))).code).toBe('MISSING_PRIVATE_KEY');
  });

  test('uses the RSA key of the meta where there is no visa', async () => {
    const store = await storeOf(alice, []);
    await store.addContact({ ...bob, visas: [] });
    const packed = await dim.messenger({ user: alice.id, store }).pack(hello, bob.id);
    expect(Object.keys(mapOf(packed)['keys'] as object)).toEqual([bob.id.toString()]);
    expect((await phone.unpack(packed)).content.toMap()).toEqual(hello.toMap());
  });
});
