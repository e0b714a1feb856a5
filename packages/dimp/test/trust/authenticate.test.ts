/** Who sent a message: what counts of the sender's meta and visas, and what is remembered of them. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { authenticate, MemoryStore, TextContent } from '../../src/index.ts';
import { encodeBase64, encodeUtf8 } from '../../src/extend.ts';
import type { Change, ID, PrivateKey, ReadMark, Store, Visa } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, faultOf, mallory } from '../world.ts';
import { mapOf, messengerOf, storeOf } from '../world.ts';
import { NaiveStore } from './identities.ts';

const hello = TextContent.create('Hello');
const { identity: identityKey, decrypt } = mallory.keys;
const oldKey = decrypt[0]?.key as unknown as PrivateKey;
const [visa] = mallory.visas as readonly [Visa];
const visaTime = visa.time ?? 0;

/** What Bob gets of Mallory, who introduces herself. */
let packed: Uint8Array;

beforeAll(async () => {
  packed = await (await messengerOf(mallory)).pack(hello, bob.id, { introduce: true });
});

const readerOf = (store: Store) => dim.messenger({ self: bob.id, store, replay: false });
const documentsOf = (store: MemoryStore, id: ID) => store.documents(id).map(({ document }) => document.toMap());

/** A message from Mallory by one of her keys: other clients sign with those of visas, too. */
async function signedBy(key: PrivateKey, attached: object | undefined, more: object = {}): Promise<Uint8Array> {
  // Without her meta, nothing says that it is not the key to write with.
  const store = new MemoryStore();
  await dim.addContact(store, bob);
  store.commit([{ do: 'keep-keys', id: mallory.id, keys: { identity: key, decrypt: [] } }]);
  const bytes = await dim.messenger({ self: mallory.id, store }).pack(hello, bob.id);
  return changed(bytes, { visa: attached, ...more });
}

/** A visa of Mallory with whatever data. */
async function visaWith(properties: object): Promise<object> {
  const data = JSON.stringify(properties);
  const signature = encodeBase64(await identityKey.sign(encodeUtf8(data)));
  return { type: 'visa', did: mallory.id.toString(), data, signature };
}

describe('a sender who is not known', () => {
  test('is read and remembered after an introduction', async () => {
    const store = await storeOf(bob);
    const device = readerOf(store);
    const { sender, introduction } = await device.unpack(packed);
    expect([sender.toString(), introduction]).toEqual([mallory.id.toString(), 'kept']);
    expect(store.meta(mallory.id)).toMatchObject({ isProven: true });
    expect(documentsOf(store, mallory.id)).toEqual([visa.toMap()]);
    expect(await device.pack(hello, mallory.id)).toBeInstanceOf(Uint8Array);
    expect((await device.unpack(packed)).introduction).toBe('known');
  });

  test('is read by the meta alone, but not by the visa alone', async () => {
    const store = await storeOf(bob);
    const error = await errorOf(() => readerOf(store).unpack(changed(packed, { meta: undefined })));
    expect([error.code, error.path, error.reason]).toEqual([
      'MISSING_META',
      'sender',
      `no meta is known of ${mallory.id.toString()}`,
    ]);
    expect(error.missing).toEqual([{ what: 'meta', id: mallory.id }]);
    expect((await readerOf(store).unpack(changed(packed, { visa: undefined }))).introduction).toBe('kept');
    expect([store.meta(mallory.id)?.isProven, store.documents(mallory.id)]).toEqual([true, []]);
  });

  test.each<[string, object, readonly string[]]>([
    ['a meta of another', { meta: carol.meta }, ['CRYPTO_VERIFY', 'meta', 'is not that of the sender']],
    ['no meta', { meta: { type: '4' } }, ['INPUT_MISSING', 'meta.key', 'is required']],
  ])('is not read with %s', async (_what, change, fault) => {
    const store = await storeOf(bob);
    expect(await faultOf(() => readerOf(store).unpack(changed(packed, change)))).toEqual(fault);
    expect([store.meta(mallory.id), store.documents(mallory.id)]).toEqual([undefined, []]);
  });

  test('is not remembered when the message does not verify or decrypt', async () => {
    for (const store of [await storeOf(bob), new NaiveStore()]) {
      if (store instanceof NaiveStore) await dim.addUser(store, bob);
      const other = mapOf(await (await messengerOf(alice)).pack(hello, bob.id));
      for (const change of [{ signature: other['signature'] }, { IV: other['IV'] }]) {
        await errorOf(() => readerOf(store).unpack(changed(packed, change)));
        expect(store.meta(mallory.id) ?? undefined).toBeUndefined();
      }
    }
  });
});

describe('an introduction that is wrong', () => {
  test.each<[string, object, readonly string[]]>([
    ['a visa of another', { visa: carol.visas[0] }, ['INPUT_CONFLICT', 'visa.did', 'is of another than the sender']],
    ['no visa', { visa: { did: 5 } }, ['INPUT_TYPE', 'visa.did', 'must be text, not a number']],
    [
      'an unsigned visa',
      { visa: { ...visa.toMap(), signature: undefined } },
      ['CRYPTO_VERIFY', 'visa', 'is not signed by the sender'],
    ],
  ])('loses nothing of the message, and says what was wrong: %s', async (_what, change, fault) => {
    for (const isKnown of [false, true]) {
      const store = await storeOf(bob);
      if (isKnown) await dim.addContact(store, { ...mallory, visas: [] });
      const { content, introduction } = await readerOf(store).unpack(changed(packed, change));
      expect(content.toMap()).toEqual(hello.toMap());
      const { code, path, reason } = introduction as { code: string; path: string; reason: string };
      expect([code, path, reason]).toEqual(fault);
      expect([store.meta(mallory.id)?.isProven, store.documents(mallory.id)]).toEqual([true, []]);
    }
  });

  test('by a clock: a visa of the day after tomorrow is not kept, and the message is read', async () => {
    const store = await storeOf(bob);
    const future = await visa.with({}).sign(identityKey, { time: Date.now() / 1000 + 2 * 24 * 60 * 60 });
    const { content, introduction } = await readerOf(store).unpack(changed(packed, { visa: future }));
    expect(content.toMap()).toEqual(hello.toMap());
    expect(introduction).toMatchObject({ code: 'INPUT_TOO_EARLY', path: 'visa.data.time' });
  });

  test('by a meta of another loses nothing where the sender is known', async () => {
    const store = await storeOf(bob);
    await dim.addContact(store, mallory);
    for (const meta of [carol.meta.toMap(), { type: '4' }]) {
      const { content, introduction } = await readerOf(store).unpack(changed(packed, { meta }));
      expect(content.toMap()).toEqual(hello.toMap());
      expect(introduction).toMatchObject({ path: expect.stringMatching(/^meta/) });
    }
  });

  test.each([
    ['time', { time: 'soon' }],
    ['terminal', { terminal: 5 }],
  ])('by the %s of a visa is told: kept, nothing could ever replace it', async (name, change) => {
    const attached = await visaWith({ type: 'visa', ...change });
    for (const visas of [[], [visa]]) {
      const store = await storeOf(bob);
      await dim.addContact(store, { ...mallory, visas });
      const { introduction } = await readerOf(store).unpack(await signedBy(identityKey, attached));
      expect(introduction).toMatchObject({ code: expect.stringMatching(/^INPUT/), path: `visa.data.${name}` });
      expect(documentsOf(store, mallory.id)).toEqual(visas.map((known) => known.toMap()));
    }
  });

  test('adds nothing of its own to what is kept', async () => {
    const junk = 'x'.repeat(50_000);
    const padded = (map: object) => ({ ...map, junk });
    const meta = padded({ ...mallory.meta.toMap(), key: padded(mallory.meta.publicKey.fields) });
    const store = await storeOf(bob);
    const bytes = changed(packed, { meta, visa: padded(visa.toMap()) });
    expect((await readerOf(store).unpack(bytes)).introduction).toBe('kept');
    const kept = JSON.stringify([store.meta(mallory.id)?.meta, store.documents(mallory.id)]);
    expect(kept).not.toContain('xxx');
  });
});

describe('a sender who is known', () => {
  test('may sign with the key of a visa: of the newest one, attached or known', async () => {
    const newKey = await dim.PrivateKey.generate('RSA', { bits: 1024 });
    const newer = await visa.with({ key: newKey.publicKey }).sign(identityKey, { time: visaTime + 1 });
    const store = await storeOf(bob);
    await dim.addContact(store, mallory);
    const device = readerOf(store);
    const forged = ['CRYPTO_VERIFY', 'signature', "the signature is not the sender's"];
    expect(await faultOf(async () => device.unpack(await signedBy(newKey, undefined)))).toEqual(forged);
    await device.unpack(await signedBy(oldKey, undefined));
    await device.unpack(await signedBy(oldKey, visa));
    await device.unpack(await signedBy(newKey, newer));
    await device.unpack(await signedBy(newKey, undefined));
    expect(store.documents(mallory.id)).toHaveLength(1);
    // The old key may have been given up for a reason.
    for (const attached of [visa, newer, undefined])
      expect(await faultOf(async () => device.unpack(await signedBy(oldKey, attached)))).toEqual(forged);
    await device.unpack(await signedBy(identityKey, undefined));
  });

  test('is read by the other keys where a visa has one that nobody knows', async () => {
    const strange = await visa.with({ key: { algorithm: 'ROT13' } }).sign(identityKey, { time: visaTime + 1 });
    const store = await storeOf(bob);
    await dim.addContact(store, { ...mallory, visas: [strange] });
    for (const attached of [undefined, strange])
      expect((await readerOf(store).unpack(await signedBy(identityKey, attached))).sender).toEqual(mallory.id);
  });

  test('is not said to have a terminal: nobody signs it', async () => {
    const device = readerOf(await storeOf(bob));
    const { sender } = await device.unpack(changed(packed, { sender: mallory.id.at('phone').toString() }));
    expect(sender.toString()).toBe(mallory.id.toString());
  });
});

describe('authenticate', () => {
  test('verifies for who is not the receiver, and says what is to be remembered', async () => {
    const store = new MemoryStore();
    const message = dim.ReliableMessage.decode(packed);
    const { value, changes } = await authenticate(dim, store, message);
    expect([value.message.message, value.authenticated, value.introduction]).toEqual([message, 'content', 'kept']);
    expect(changes.map((change) => change.do)).toEqual(['pin-meta', 'keep-document']);
    expect(store.meta(mallory.id)).toBeUndefined();
    await dim.messenger({ self: alice.id, store }).authenticate(message);
    expect((await authenticate(dim, store, message)).changes).toEqual([]);
  });

  test('refuses what is forged', async () => {
    const store = new MemoryStore();
    const forged = dim.ReliableMessage.decode(changed(packed, { data: 'AAAA' }));
    expect((await errorOf(() => authenticate(dim, store, forged))).code).toBe('CRYPTO_VERIFY');
    const strict = () => authenticate(dim, store, dim.ReliableMessage.decode(packed), { requireEnvelopeProof: true });
    expect((await errorOf(strict)).path).toBe('envelope_proof');
  });
});

/** A store that notes what it is asked for: an application pays for each with a write or a look-up. */
class NotingStore extends MemoryStore {
  readonly calls: string[] = [];
  override keys(id: ID) {
    this.calls.push('keys');
    return super.keys(id);
  }
  override messageKeys(...parts: Parameters<MemoryStore['messageKeys']>) {
    this.calls.push('messageKeys');
    return super.messageKeys(...parts);
  }
  override readState(mark: ReadMark) {
    this.calls.push('readState');
    return super.readState(mark);
  }
  override commit(changes: readonly Change[]) {
    this.calls.push(`commit ${changes.map((change) => change.do).join(' ')}`);
    super.commit(changes);
  }
}

test('a store is asked only for what a message needs, and told once what is new', async () => {
  const store = new NotingStore();
  await dim.addUser(store, bob);
  const device = dim.messenger({ self: bob.id, store });
  const sender = await messengerOf(mallory);
  const calls = async (bytes: Uint8Array) => {
    store.calls.length = 0;
    await device.unpack(bytes);
    return [...store.calls];
  };
  expect(await calls(packed)).toEqual([
    'messageKeys',
    'keys',
    'readState',
    'commit pin-meta keep-document keep-message-key mark-read',
  ]);
  expect(await calls(await sender.pack(hello, bob.id))).toEqual([
    'messageKeys',
    'keys',
    'readState',
    'commit keep-message-key mark-read',
  ]);
  // A broadcast has no key, whatever a relay puts there.
  const anyone = dim.ID.parse('anyone@anywhere');
  const broadcast = () => sender.pack(TextContent.create('Hello'), anyone);
  expect(await calls(await broadcast())).toEqual(['readState', 'commit mark-read']);
  expect(await calls(changed(await broadcast(), { keys: { x: 'AAAA' } }))).toEqual(['readState', 'commit mark-read']);
});
