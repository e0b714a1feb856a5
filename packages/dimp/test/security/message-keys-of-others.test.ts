/** A message key that others know is never one to send with, however it comes in. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import { createDim, MemoryStore, TextContent } from '../../src/index.ts';
import { encodeUtf8, keyDigest } from '../../src/extend.ts';
import type { ID, JsonMap, KeyDirection, SymmetricKey, User } from '../../src/index.ts';
import { Recipient, verifyDocument, verifyMeta } from '../../src/index.ts';
import { decodeBase64, decodeUtf8, encodeBase64, parseJsonMap } from '../../src/extend.ts';
import { alice, bob, carol, dim, group, mallory, mapOf, storeOf } from '../world.ts';

const reuseKey = true;

/** The key of a message, as one of its receivers knows it. */
async function keyKnownTo(user: User, bytes: Uint8Array): Promise<{ key: SymmetricKey; text: Uint8Array }> {
  const own = Object.entries(mapOf(bytes)['keys'] as object).filter(([name]) => name.startsWith(user.id.toString()));
  for (const [, entry] of own)
    for (const { key } of user.keys.decrypt) {
      // What is for another terminal decrypts to what looks random, or is a number that is too large for this key.
      const text = await Promise.resolve(decodeBase64(entry as string))
        .then((encrypted) => key.decrypt(encrypted))
        .catch(() => new Uint8Array());
      const map = readKey(text);
      if (map !== undefined) return { key: dim.SymmetricKey.parse(map), text };
    }
  throw new Error('no key is for this user');
}

function readKey(text: Uint8Array): JsonMap | undefined {
  try {
    return parseJsonMap(decodeUtf8(text));
  } catch {
    return undefined;
  }
}

/** A key as anybody encrypts it for a user. */
async function encryptedFor({ id, meta, visas }: User, text: Uint8Array): Promise<object> {
  const owner = await verifyMeta(meta, id);
  const [visa] = visas;
  const verified = owner && visa && (await verifyDocument(visa, owner));
  const recipient = verified && Recipient.of(verified);
  if (!recipient) throw new Error('no key to encrypt to');
  return { [id.toString()]: encodeBase64(await recipient.key.encrypt(text)) };
}

let store: MemoryStore;
beforeEach(async () => {
  // One store for two local users, as a bot with two identities has it.
  store = await storeOf(bob);
  await dim.addUser(store, alice);
  await dim.addContact(store, mallory);
});
const messengerOf = (user: ID) => dim.messenger({ self: user, store });

describe('what somebody else got', () => {
  test.each<[string, () => object, () => KeyDirection]>([
    ['to a group', () => ({ receiver: group.id.toString() }), () => ({ sender: bob.id, destination: group.id })],
    [
      'to a group in the open',
      () => ({ receiver: bob.id.toString(), group: group.id.toString() }),
      () => ({ sender: bob.id, destination: group.id }),
    ],
    ['to oneself', () => ({ receiver: bob.id.toString() }), () => ({ sender: bob.id, destination: bob.id })],
    [
      'to another local user',
      () => ({ receiver: alice.id.toString() }),
      () => ({ sender: bob.id, destination: alice.id }),
    ],
    ['to a contact', () => ({ receiver: carol.id.toString() }), () => ({ sender: bob.id, destination: carol.id })],
  ])('and sends back as if it were %s is no key of that direction', async (_what, envelope, direction) => {
    const toMallory = await messengerOf(bob.id).pack(TextContent.create('Hello'), mallory.id, { reuseKey });
    const { key, text } = await keyKnownTo(mallory, toMallory);
    for (const reader of [bob, alice]) {
      const keys = await encryptedFor(reader, text);
      const back = dim.ReliableMessage.parse({ ...mapOf(toMallory), ...envelope(), keys });
      await messengerOf(reader.id)
        .open(back)
        .catch(() => undefined);
    }
    expect(store.messageKeys(direction(), 'send').map(({ digest }) => digest)).not.toContain(keyDigest(dim, key));
    const { destination } = direction();
    const content = TextContent.create('secret', destination.isGroup ? { group: destination } : {});
    const next = dim.ReliableMessage.decode(await messengerOf(bob.id).pack(content, destination, { reuseKey }));
    expect(next.keys.size).toBeGreaterThan(0);
    expect(next.keyDigest).not.toBe(keyDigest(dim, key));
  });
});

test('what a former member sends back of the time before changes nothing', async () => {
  await dim.setMembers(store, group.id, [alice.id, bob.id, carol.id, mallory.id]);
  const messenger = messengerOf(bob.id);
  const toGroup = () => TextContent.create('Hello', { group: group.id });
  const before = await messenger.pack(toGroup(), group.id, { reuseKey });
  await messenger.handedOver(before);
  const { key } = await keyKnownTo(mallory, before);
  await dim.setMembers(store, group.id, [alice.id, bob.id, carol.id]);
  for (const reader of [bob.id, alice.id])
    await messengerOf(reader)
      .unpack(before)
      .catch(() => undefined);
  for (let count = 0; count < 3; count++) {
    const { message } = await messenger.packMessage(toGroup(), group.id, { reuseKey });
    await messenger.handedOver(message);
    expect(message.keyDigest).not.toBe(keyDigest(dim, key));
  }
});

test('a message key has room for a key and its hints, and for nothing that fills memory', async () => {
  const modern = createDim({ plugins: [standardPlugin(), modernPlugin()] });
  const [receiver, sender] = [await modern.createUser({ name: 'R' }), await modern.createUser({ name: 'S' })];
  const atReceiver = new MemoryStore();
  await modern.addUser(atReceiver, receiver);
  await modern.addContact(atReceiver, sender);
  const atSender = new MemoryStore();
  await modern.addUser(atSender, sender);
  await modern.addContact(atSender, receiver);
  const { message } = await modern
    .messenger({ self: sender.id, store: atSender })
    .packMessage(TextContent.create('x'), receiver.id);
  const [[name, entry] = ['', '']] = [...message.keys];
  const box = receiver.keys.decrypt.find(({ key }) => key.algorithm === 'X25519')?.key;
  if (box === undefined) throw new Error('it has one');
  const map = parseJsonMap(decodeUtf8(await box.decrypt(decodeBase64(entry))));
  const reader = modern.messenger({ self: receiver.id, store: atReceiver, replay: false });
  const openWith = async (hint: number) => {
    const text = encodeUtf8(JSON.stringify({ ...map, hint: 'x'.repeat(hint) }));
    const { encryptKey } = box;
    const keys = { [name]: encodeBase64(await encryptKey.encrypt(text)) };
    return reader.open(modern.ReliableMessage.parse({ ...message.toMap(), keys }));
  };
  expect((await openWith(500)).wasEncrypted).toBe(true);
  await expect(openWith(5000)).rejects.toMatchObject({ code: 'CRYPTO_DECRYPT' });
});
