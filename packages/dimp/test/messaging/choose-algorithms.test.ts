/** What is used between people whose clients know more or less. Here stand-ins play the better algorithms. */
import { describe, expect, test } from '@jest/globals';
import { aesAlgorithm, platformBackend, rsaAlgorithm, standardPlugins } from 'dimplugins';
import {
  chooseMessageAlgorithm,
  createDim,
  definePlugin,
  MemoryStore,
  TextContent,
  type KeyAlgorithmDefinition,
  type User,
} from '../../src/index.ts';
import { mapOf } from '../world.ts';

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
    ['AES where the application wants that', all, [all], ['AES', 'AES-GCM'], 'AES'],
    ['AES where nothing that is preferred will do', all, [[]], ['AES-GCM'], 'AES'],
  ])('is %s', (_name, known, receivers, preferred, result) => {
    expect(chooseMessageAlgorithm(known, receivers, preferred)).toBe(result);
  });
});

/** An algorithm under the name of another, as a stand-in. */
function named(algorithm: string, definition: KeyAlgorithmDefinition): KeyAlgorithmDefinition {
  const { publicKey, privateKey, symmetricKey } = definition;
  const rename = <K extends { fields: object }>(key: K): K =>
    new Proxy(key, {
      get(target, name) {
        if (name === 'algorithm') return algorithm;
        if (name === 'fields' || name === 'toJSON') {
          const fields = { ...target.fields, algorithm };
          return name === 'fields' ? fields : () => fields;
        }
        const value: unknown = Reflect.get(target, name, target);
        if (name === 'publicKey') return rename(value as K);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  return {
    defines: 'key',
    algorithm,
    ...(publicKey && { encryptKey: { read: (fields) => rename(publicKey.read(fields)) as never } }),
    ...(privateKey && {
      decryptKey: {
        read: (fields) => rename(privateKey.read(fields)) as never,
        generate: async () => rename(await privateKey.generate({ bits: 1024 })) as never,
      },
    }),
    ...(symmetricKey && {
      symmetricKey: {
        read: (fields) => rename(symmetricKey.read(fields)),
        generate: async (options) => rename(await symmetricKey.generate(options)),
      },
    }),
  };
}

const better = definePlugin('better', [
  named('X25519', rsaAlgorithm(platformBackend)),
  named('AES-GCM', aesAlgorithm(platformBackend)),
]);
const old = createDim({ plugins: [standardPlugins()] });
const modern = createDim({ plugins: [standardPlugins(), better] });

const [erika, otto, mona, max] = await Promise.all([
  old.createUser({ name: 'Erika' }),
  old.createUser({ name: 'Otto' }),
  modern.createUser({ name: 'Mona' }),
  modern.createUser({ name: 'Max', terminals: ['phone', 'tablet'] }),
]);

async function messengerOf(dim: typeof old, user: User, options: object = {}) {
  const store = new MemoryStore();
  await store.addUser(user);
  for (const contact of [erika, otto, mona, max]) {
    // What each has of the others came over the wire.
    const visas = contact.visas.map((visa) => dim.Document.parse(JSON.parse(JSON.stringify(visa))));
    await store.saveMeta(contact.id, dim.Meta.parse(JSON.parse(JSON.stringify(contact.meta))));
    for (const visa of visas) await store.saveDocument(visa);
  }
  return dim.messenger({ user: user.id, store, ...options });
}

describe('a visa', () => {
  test('offers what the client understands, and the key of all clients', () => {
    const [visa] = mona.visas;
    expect(visa?.algorithms).toEqual(['X25519', 'AES-GCM']);
    expect(visa?.encryptKeys.map(({ algorithm }) => algorithm)).toEqual(['X25519', 'RSA']);
    expect(visa?.publicKey?.algorithm).toBe('RSA');
    expect(mona.privateKeys.map(({ algorithm }) => algorithm)).toEqual(['ECC', 'RSA', 'X25519']);
  });

  test('says nothing where there is nothing to say', () => {
    expect(erika.visas[0]?.properties).not.toHaveProperty('keys');
    expect(erika.visas[0]?.properties).not.toHaveProperty('algorithms');
  });

  test('has the keys that the application wants', async () => {
    const user = await modern.createUser({ name: 'New', visaAlgorithms: ['X25519'] });
    expect(user.visas[0]?.publicKey?.algorithm).toBe('X25519');
    expect(user.privateKeys.map(({ algorithm }) => algorithm)).toEqual(['ECC', 'X25519']);
    const listener = await modern.createUser({ name: 'Silent', visaAlgorithms: [] });
    expect([listener.visas[0]?.encryptKeys, listener.privateKeys.length]).toEqual([[], 1]);
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
    const messenger = await messengerOf(modern, mona);
    const store = new MemoryStore();
    await store.addUser(mona);
    for (const contact of [max, erika]) await store.addContact(contact);
    await store.addGroup(group);
    const bytes = await modern
      .messenger({ user: mona.id, store })
      .pack(TextContent.create('hi', { group: group.id }), group.id);
    expect(Object.keys(mapOf(bytes)['keys'] as object)).toHaveLength(4);
    expect(store.messageKey({ sender: mona.id, destination: group.id })?.algorithm).toBe('AES');
    expect(messenger.user.equals(mona.id)).toBe(true);
    for (const [dim, member] of [
      [modern, max],
      [old, erika],
    ] as const) {
      expect((await (await messengerOf(dim, member)).unpack(bytes)).content).toMatchObject({ text: 'hi' });
    }
  });

  test('a wrong offer is as good as none', async () => {
    const [visa] = mona.visas;
    const [identityKey] = mona.privateKeys;
    const wrong = await visa?.with({ keys: 'x', algorithms: 5 }).sign(identityKey, { time: (visa.time ?? 0) + 1 });
    const store = new MemoryStore();
    await store.addUser(max);
    await store.saveMeta(mona.id, mona.meta);
    if (wrong !== undefined) await store.saveDocument(wrong);
    const bytes = await modern.messenger({ user: max.id, store }).pack(TextContent.create('hi'), mona.id);
    expect((await (await messengerOf(old, mona)).unpack(bytes)).content).toMatchObject({ text: 'hi' });
  });

  test('in the order that the application prefers', async () => {
    const messenger = await messengerOf(modern, mona, { messageAlgorithms: ['AES'] });
    const bytes = await messenger.pack(TextContent.create('hi'), max.id);
    const { message } = await (await messengerOf(modern, max)).unpack(bytes);
    expect(message.content).toMatchObject({ text: 'hi' });
  });
});
