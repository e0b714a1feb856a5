/** What is used between people whose clients know more or less. */
import { signedAs } from '../trust/identities.ts';
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import { createDim, MemoryStore, TextContent } from '../../src/index.ts';
import { decodeBase64, decodeUtf8 } from '../../src/extend.ts';
import { chooseMessageAlgorithm } from '../../src/internal.ts';
import type { User } from '../../src/index.ts';
import { readyKeys } from '../ready-keys.ts';
import { errorOf, mapOf } from '../world.ts';

describe('the algorithm of message keys', () => {
  const all = ['RSA', 'AES', 'AES-GCM', 'XSALSA20-POLY1305'];
  test.each<[string, readonly string[], readonly (readonly string[])[], readonly string[] | undefined, string]>([
    ['the best that all name', all, [all, all], undefined, 'XSALSA20-POLY1305'],
    ['one that all name', all, [['AES-GCM', 'XSALSA20-POLY1305'], ['AES-GCM']], undefined, 'AES-GCM'],
    ['AES where one names nothing', all, [all, []], undefined, 'AES'],
    ['AES where two name different ones', all, [['AES-GCM'], ['XSALSA20-POLY1305']], undefined, 'AES'],
    ['AES where the sender has no other', ['RSA', 'AES'], [all], undefined, 'AES'],
    ['names are compared as they stand', all, [['aes-gcm']], undefined, 'AES'],
    ['nothing of what is not preferred', [...all, 'TOY'], [['TOY']], undefined, 'AES'],
    ['the order that the application prefers', all, [all], ['AES-GCM', 'XSALSA20-POLY1305'], 'AES-GCM'],
    ['AES where the application wants that', all, [['AES-GCM']], ['AES', 'AES-GCM'], 'AES'],
    ['AES where nothing that is preferred will do', all, [[]], ['AES-GCM'], 'AES'],
  ])('is %s', (_name, known, receivers, preferred, result) => {
    expect(chooseMessageAlgorithm(known, receivers, preferred)).toBe(result);
  });
});

const old = createDim({ plugins: [standardPlugin({ backend: readyKeys })] });
const modern = createDim({ plugins: [standardPlugin({ backend: readyKeys }), modernPlugin()] });

const [erika, otto, mona, max] = await Promise.all([
  old.createUser({ name: 'Erika' }),
  old.createUser({ name: 'Otto' }),
  modern.createUser({ name: 'Mona' }),
  modern.createUser({ name: 'Max', terminals: ['phone', 'tablet'] }),
]);

async function messengerOf(dim: typeof old, user: User) {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  for (const contact of [erika, otto, mona, max]) {
    // What each has of the others came over the wire.
    const visas = contact.visas.map((visa) => dim.Document.parse(JSON.parse(JSON.stringify(visa))));
    const meta = dim.Meta.parse(JSON.parse(JSON.stringify(contact.meta)));
    await dim.addContact(store, { id: contact.id, meta, visas });
  }
  return dim.messenger({ self: user.id, store });
}

const algorithmsOf = ({ keys }: User) =>
  [keys.identity, ...keys.decrypt.map(({ key }) => key)].map(({ algorithm }) => algorithm);

/** The algorithm of the key that a package brings for one of its receivers. */
async function algorithmFor(bytes: Uint8Array, { keys }: User): Promise<string> {
  for (const text of Object.values(mapOf(bytes)['keys'] as Record<string, string>)) {
    for (const { key } of keys.decrypt) {
      try {
        const opened = JSON.parse(decodeUtf8(await key.decrypt(decodeBase64(text)))) as { algorithm: string };
        return opened.algorithm;
      } catch {
        continue;
      }
    }
  }
  throw new Error('no key for the user');
}

describe('a visa', () => {
  test('offers what the client understands, and the key of all clients', () => {
    const [visa] = mona.visas;
    expect(visa?.algorithms).toEqual(['ED25519', 'X25519', 'XSALSA20-POLY1305', 'AES-GCM']);
    expect(visa?.encryptKeys.map(({ algorithm }) => algorithm)).toEqual(['X25519', 'RSA']);
    expect(visa?.encryptKey?.algorithm).toBe('RSA');
    expect(algorithmsOf(mona)).toEqual(['ECC', 'RSA', 'X25519']);
  });

  test('says nothing where there is nothing to say', () => {
    expect(erika.visas[0]?.properties).not.toHaveProperty('keys');
    expect(erika.visas[0]?.properties).not.toHaveProperty('algorithms');
  });

  test('has the keys that the application wants', async () => {
    const user = await modern.createUser({ name: 'New', visaAlgorithms: ['X25519'] });
    expect(user.visas[0]?.encryptKey?.algorithm).toBe('X25519');
    expect(algorithmsOf(user)).toEqual(['ECC', 'X25519']);
    const byMeta = await modern.createUser({ name: 'Meta', seed: 'meta', algorithm: 'RSA', visaAlgorithms: [] });
    expect([byMeta.visas[0]?.encryptKeys, byMeta.keys.decrypt]).toEqual([[], []]);
  });
});

describe('messages', () => {
  test.each<[string, typeof old, User, typeof old, User, boolean]>([
    ['both better', modern, mona, modern, max, true],
    ['from the better to the old', modern, mona, old, erika, false],
    ['from the old to the better', old, erika, modern, mona, false],
    ['both old', old, erika, old, otto, false],
  ])('%s', async (_name, fromDim, from, toDim, to, isBetter) => {
    const bytes = await (await messengerOf(fromDim, from)).pack(TextContent.create('hi'), to.id);
    const { content, message } = await (await messengerOf(toDim, to)).unpack(bytes);
    expect(content).toMatchObject({ kind: 'text', text: 'hi' });
    expect(message.sender.equals(from.id)).toBe(true);
    // Only the better client could read the better one's key: the old one must have understood what was sent.
    const reader = await messengerOf(old, to);
    const byOld = await reader.unpack(bytes).then(
      () => true,
      () => false,
    );
    expect(byOld).toBe(!isBetter);
  });

  test('in a group all must understand', async () => {
    const group = await modern.createGroup({ founder: mona, members: [max.id, erika.id], name: 'Team', seed: 'team' });
    const store = new MemoryStore();
    await modern.addUser(store, mona);
    for (const contact of [max, erika]) await modern.addContact(store, contact);
    await modern.addGroup(store, group);
    const bytes = await modern
      .messenger({ self: mona.id, store })
      .pack(TextContent.create('hi', { group: group.id }), group.id);
    expect(Object.keys(mapOf(bytes)['keys'] as object)).toHaveLength(4);
    expect(await algorithmFor(bytes, max)).toBe('AES');
    for (const [dim, member] of [
      [modern, max],
      [old, erika],
    ] as const) {
      expect((await (await messengerOf(dim, member)).unpack(bytes)).content).toMatchObject({ text: 'hi' });
    }
  });

  test('a wrong offer is as good as none', async () => {
    const [visa] = mona.visas;
    const identityKey = mona.keys.identity;
    // As others may write it: our own writer refuses.
    const wrong =
      visa &&
      (await signedAs(mona, mona.id, { ...visa.properties, keys: 'x', algorithms: 5, time: (visa.time ?? 0) + 1 }));
    expect(
      await visa
        ?.with({ keys: 'x' })
        .sign(identityKey)
        .catch((error: unknown) => String(error)),
    ).toContain('USAGE_ARGUMENT at data.keys: must be a list');
    const store = new MemoryStore();
    await modern.addUser(store, max);
    await modern.addContact(store, { ...mona, visas: wrong === undefined ? [] : [wrong] });
    const bytes = await modern.messenger({ self: max.id, store }).pack(TextContent.create('hi'), mona.id);
    expect((await (await messengerOf(old, mona)).unpack(bytes)).content).toMatchObject({ text: 'hi' });
  });

  test.each([
    [undefined, 'XSALSA20-POLY1305'],
    [['AES-GCM'], 'AES-GCM'],
    [['AES'], 'AES'],
  ])('in the order %j that the application prefers', async (messageAlgorithms, algorithm) => {
    const store = new MemoryStore();
    await modern.addUser(store, mona);
    await modern.addContact(store, max);
    const options = { self: mona.id, store, ...(messageAlgorithms !== undefined && { messageAlgorithms }) };
    const bytes = await modern.messenger(options).pack(TextContent.create('hi'), max.id);
    expect(await algorithmFor(bytes, max)).toBe(algorithm);
    expect((await (await messengerOf(modern, max)).unpack(bytes)).content).toMatchObject({ text: 'hi' });
  });
});

describe('an identity with an Ed25519 key', () => {
  const created = modern.createUser({ name: 'Neo', seed: 'neo', algorithm: 'ED25519' });

  test('is one for those who understand it', async () => {
    const neo = await created;
    const store = new MemoryStore();
    await modern.addUser(store, neo);
    await modern.addContact(store, mona);
    const bytes = await modern
      .messenger({ self: neo.id, store })
      .pack(TextContent.create('hi'), mona.id, { introduce: true });
    const { content, sender } = await (await messengerOf(modern, mona)).unpack(bytes);
    expect([content.kind, sender.toString()]).toEqual(['text', neo.id.toString()]);
  });

  test('is refused by name by the others', async () => {
    const neo = await created;
    expect(await errorOf(() => old.Meta.parse(JSON.parse(JSON.stringify(neo.meta))))).toMatchObject({
      code: 'UNSUPPORTED_ALGORITHM',
      path: 'key.algorithm',
    });
  });
});
