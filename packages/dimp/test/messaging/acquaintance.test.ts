/** Who sent a message: what counts of the sender's meta and visas, and what is remembered of them. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { encodeBase64, encodeUtf8, MemoryStore, TextContent } from '../../src/index.ts';
import type { ID, IdentityStore, KeyDirection, PrivateKey, Visa } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, faultOf, mallory } from '../world.ts';
import { mapOf, messengerOf, storeOf } from '../world.ts';

const hello = TextContent.create('Hello');
const [identityKey, oldKey] = mallory.privateKeys as readonly [PrivateKey, PrivateKey];
const [visa] = mallory.visas as readonly [Visa];
const visaTime = visa.time ?? 0;

/** What Bob gets of Mallory, who introduces herself. */
let packed: Uint8Array;

beforeAll(async () => {
  packed = await (await messengerOf(mallory)).pack(hello, bob.id, { introduce: true });
});

const readerOf = (store: IdentityStore) => dim.messenger({ user: bob.id, store });

/** A message from Mallory by one of her keys. */
async function signedBy(key: PrivateKey, attached: object | undefined): Promise<Uint8Array> {
  const store = await storeOf(mallory);
  store.setPrivateKeys(mallory.id, [key]);
  return changed(await dim.messenger({ user: mallory.id, store }).pack(hello, bob.id), { visa: attached });
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
    expect((await device.unpack(packed)).sender.equals(mallory.id)).toBe(true);
    expect(store.meta(mallory.id)?.matches(mallory.id)).toBe(true);
    expect(store.documents(mallory.id).map((document) => document.toMap())).toEqual([visa.toMap()]);
    expect(await device.pack(hello, mallory.id)).toBeInstanceOf(Uint8Array);
  });

  test('is read by the meta alone, but not by the visa alone', async () => {
    const store = await storeOf(bob);
    const unknown = ['MISSING_META', 'sender', `no meta is known of ${mallory.id.toString()}`];
    expect(await faultOf(() => readerOf(store).unpack(changed(packed, { meta: undefined })))).toEqual(unknown);
    await readerOf(store).unpack(changed(packed, { visa: undefined }));
    expect([store.meta(mallory.id)?.toMap(), store.documents(mallory.id)]).toEqual([mallory.meta.toMap(), []]);
  });

  test.each<[string, object, readonly string[]]>([
    ['a meta of another', { meta: carol.meta }, ['CRYPTO_VERIFY', 'meta', 'is not that of the sender']],
    ['no meta', { meta: { type: '4' } }, ['INPUT_MISSING', 'meta.key', 'is required']],
    ['a visa of another', { visa: carol.visas[0] }, ['INPUT_CONFLICT', 'visa.did', 'is of another than the sender']],
    ['no visa', { visa: { did: 5 } }, ['INPUT_TYPE', 'visa.did', 'must be text, not a number']],
    [
      'an unsigned visa',
      { visa: { ...visa.toMap(), signature: undefined } },
      ['CRYPTO_VERIFY', 'visa', 'is not signed by the sender'],
    ],
  ])('is not read with %s', async (_what, change, fault) => {
    const store = await storeOf(bob);
    expect(await faultOf(() => readerOf(store).unpack(changed(packed, change)))).toEqual(fault);
    expect([store.meta(mallory.id), store.documents(mallory.id)]).toEqual([undefined, []]);
  });

  test('is not remembered when the message does not verify or decrypt', async () => {
    const store = await storeOf(bob);
    const other = mapOf(await (await messengerOf(alice)).pack(hello, bob.id));
    for (const change of [{ signature: other['signature'] }, { IV: other['IV'] }]) {
      await errorOf(() => readerOf(store).unpack(changed(packed, change)));
      expect([store.meta(mallory.id), store.documents(mallory.id)]).toEqual([undefined, []]);
    }
  });
});

describe('a sender who is known', () => {
  test('with another meta is an alarm, and the message is not read', async () => {
    class Pinned extends MemoryStore {
      override meta(id: ID) {
        return id.equals(mallory.id) ? carol.meta : super.meta(id);
      }
    }
    const store = new Pinned();
    await store.addUser(bob);
    expect((await errorOf(() => readerOf(store).unpack(packed))).code).toBe('CRYPTO_META_CHANGED');
  });

  test('may sign with the key of a visa: of the newest one, attached or known', async () => {
    const newKey = await dim.PrivateKey.generate('RSA', { bits: 1024 });
    const newer = await visa.with({ key: newKey.publicKey }).sign(identityKey, { time: visaTime + 1 });
    const store = await storeOf(bob);
    await store.addContact(mallory);
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
    await store.addContact({ ...mallory, visas: [strange] });
    for (const attached of [undefined, strange])
      expect((await readerOf(store).unpack(await signedBy(identityKey, attached))).sender).toEqual(mallory.id);
  });

  test.each([
    ['time', { time: 'soon' }],
    ['terminal', { terminal: 5 }],
  ])('is told where the %s of a visa is wrong: kept, nothing could ever replace it', async (name, change) => {
    const attached = await visaWith({ type: 'visa', ...change });
    for (const visas of [[], [visa]]) {
      const store = await storeOf(bob);
      await store.addContact({ ...mallory, visas });
      const error = await errorOf(async () => readerOf(store).unpack(await signedBy(identityKey, attached)));
      expect([error.code.split('_')[0], error.path]).toEqual(['INPUT', `visa.data.${name}`]);
      expect(store.documents(mallory.id)).toEqual(visas);
    }
  });
});

/** A store that notes what it is asked for: an application pays for each with a write or a look-up. */
class NotingStore extends MemoryStore {
  readonly calls: string[] = [];
  override async saveMeta(...parts: Parameters<MemoryStore['saveMeta']>) {
    this.calls.push('saveMeta');
    return super.saveMeta(...parts);
  }
  override async saveDocument(...parts: Parameters<MemoryStore['saveDocument']>) {
    this.calls.push('saveDocument');
    return super.saveDocument(...parts);
  }
  override privateKeys(id: ID) {
    this.calls.push('privateKeys');
    return super.privateKeys(id);
  }
  override messageKey(direction: KeyDirection) {
    this.calls.push('messageKey');
    return super.messageKey(direction);
  }
  override saveMessageKey(...parts: Parameters<MemoryStore['saveMessageKey']>) {
    this.calls.push('saveMessageKey');
    super.saveMessageKey(...parts);
  }
}

test('a store is asked only for what a message needs, and given only what is new', async () => {
  const store = new NotingStore();
  await store.addUser(bob);
  const device = readerOf(store);
  const sender = await messengerOf(mallory);
  const reuseKey = true;
  const calls = async (bytes: Uint8Array) => {
    store.calls.length = 0;
    await device.unpack(bytes);
    return [...store.calls];
  };
  expect(await calls(packed)).toEqual(['privateKeys', 'saveMeta', 'saveDocument', 'saveMessageKey']);
  expect(await calls(await sender.pack(hello, bob.id))).toEqual(['privateKeys', 'saveMessageKey']);
  expect(await calls(await sender.pack(hello, bob.id, { reuseKey }))).toEqual(['messageKey']);
  // A broadcast has no key, whatever a relay puts there.
  const broadcast = await sender.pack(hello, dim.ID.parse('anyone@anywhere'));
  expect(await calls(broadcast)).toEqual([]);
  expect(await calls(changed(broadcast, { keys: { x: 'AAAA' } }))).toEqual([]);
});
