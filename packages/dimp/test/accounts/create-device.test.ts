import { describe, expect, test } from '@jest/globals';
import { modernPlugin } from 'dimplugins/modern';
import { MemoryStore, TextContent, type PrivateKey, type User } from '../../src/index.ts';
import { decodeUtf8 } from '../../src/extend.ts';
import { alice, bob, carol, dim as standard, faultOf, group } from '../world.ts';

const dim = standard.extend(modernPlugin());
const visaAlgorithms = ['X25519'];
const dora = await dim.createUser({ name: 'Dora', terminals: ['phone'], visaAlgorithms });
const both = await dim.createDevice({ user: dora, terminal: 'desktop', visaAlgorithms });

describe('createDevice', () => {
  test('adds a visa of the terminal, signed by the user, with keys of its own', async () => {
    expect([both.id, both.meta, both.keys.identity]).toEqual([dora.id, dora.meta, dora.keys.identity]);
    expect(both.visas.map(({ terminal, name }) => [terminal, name])).toEqual([
      ['phone', 'Dora'],
      ['desktop', 'Dora'],
    ]);
    expect(both.visas.map((visa) => visa.isTerminalSigned)).toEqual([true, true]);
    const [, visa] = both.visas;
    expect(await visa?.verify(dora.meta.publicKey)).toBe(true);
    expect(both.keys.decrypt.map(({ terminal }) => terminal)).toEqual(['desktop', 'phone']);
    expect(both.keys.decrypt[0]?.key.encryptKey.fields).toEqual(visa?.encryptKey?.fields);
    expect(dora.visas).toHaveLength(1);
  });

  test('both devices of one person read one message, each with its own key', async () => {
    const sender = new MemoryStore();
    await dim.addUser(sender, carol);
    await dim.addContact(sender, both);
    const bytes = await dim.messenger({ self: carol.id, store: sender }).pack(TextContent.create('Hi both'), dora.id);
    const names = Object.keys((JSON.parse(decodeUtf8(bytes)) as { keys: object }).keys);
    expect(names).toEqual(expect.arrayContaining([`${dora.id.toString()}/phone`, `${dora.id.toString()}/desktop`]));
    const onlyDesktop = { ...both, keys: { ...both.keys, decrypt: both.keys.decrypt.slice(0, 1) } };
    for (const [user, terminal] of [
      [dora, 'phone'],
      [onlyDesktop, 'desktop'],
    ] as const) {
      const store = new MemoryStore();
      await dim.addUser(store, user);
      await dim.addContact(store, carol);
      const { content } = await dim.messenger({ self: dora.id.at(terminal), store }).unpack(bytes);
      expect(content.kind === 'text' && content.text).toBe('Hi both');
    }
  });

  test('takes the avatar over, and a name where one is given', async () => {
    const [visa] = dora.visas;
    const signed = await visa?.with({ avatar: 'https://example.org/a.png', sys: { os: 'X' } }).sign(dora.keys.identity);
    const user = { ...dora, visas: signed ? [signed] : [] };
    const [, device] = (await dim.createDevice({ user, terminal: 'desktop', visaAlgorithms })).visas;
    expect([device?.name, device?.avatar?.url, device?.property('sys')]).toEqual([
      'Dora',
      'https://example.org/a.png',
      undefined,
    ]);
    const named = await dim.createDevice({ user, terminal: 'desktop', name: 'Dora D.', visaAlgorithms });
    expect(named.visas[1]?.name).toBe('Dora D.');
  });

  test('gives a terminal new keys in a later visa, whatever the clock says, and keeps those of before', async () => {
    const ahead = (dora.visas[0]?.time ?? 0) + 60;
    const [visa] = dora.visas;
    const future = await visa?.with({}).sign(dora.keys.identity, { time: ahead });
    const user = { ...dora, visas: future ? [future] : [] };
    const renewed = await dim.createDevice({ user, terminal: 'phone', visaAlgorithms });
    expect(renewed.visas.map(({ terminal }) => terminal)).toEqual(['phone']);
    expect(renewed.visas[0]?.time).toBeGreaterThan(ahead);
    expect(renewed.keys.decrypt.slice(1)).toEqual(dora.keys.decrypt);
    const store = new MemoryStore();
    await dim.addUser(store, user);
    await dim.addUser(store, renewed);
    expect(store.documents(dora.id).map(({ document }) => document.data)).toEqual(
      renewed.visas.map(({ data }) => data),
    );
  });

  test('takes what createUser would for its keys', async () => {
    const { keys, visas } = await standard.createDevice({ user: { ...carol, visas: [] }, terminal: 'x', name: 'C' });
    expect([keys.decrypt[0]?.key.algorithm, visas[0]?.encryptKeys.length]).toEqual(['RSA', 1]);
    const rsa = await dim.createDevice({ user: bob, terminal: 'tablet', visaAlgorithms: [] });
    expect([rsa.visas.length, rsa.keys.decrypt]).toEqual([3, bob.keys.decrypt]);
  });

  test.each<[string, object, string, string]>([
    ['no options', { user: undefined }, 'USAGE_ARGUMENT', 'user'],
    ['no terminal', { terminal: undefined }, 'USAGE_ARGUMENT', 'terminal'],
    ['all terminals', { terminal: '*' }, 'USAGE_ARGUMENT', 'terminal'],
    ['a terminal that is none', { terminal: 'a/b' }, 'USAGE_ARGUMENT', 'terminal'],
    ['no name at all', { user: { ...dora, visas: [] } }, 'USAGE_ARGUMENT', 'name'],
    ['a name that is none', { name: 5 }, 'USAGE_ARGUMENT', 'name'],
    ['no keys to encrypt to', { visaAlgorithms: [] }, 'USAGE_ARGUMENT', 'visaAlgorithms'],
    ['an algorithm of nobody', { visaAlgorithms: ['NTRU'] }, 'UNSUPPORTED_ALGORITHM', ''],
    ['a group', { user: { ...dora, ...group } }, 'USAGE_ARGUMENT', 'user.id'],
    ['no identity key', { user: { ...dora, keys: { decrypt: [] } } }, 'USAGE_ARGUMENT', 'user.keys.identity'],
    ['no keys', { user: { ...dora, keys: undefined } }, 'USAGE_ARGUMENT', 'user.keys.decrypt'],
    ['the key of another', { user: { ...dora, keys: alice.keys } }, 'CRYPTO_VERIFY', 'user.keys.identity'],
    ['the meta of another', { user: { ...dora, meta: alice.meta } }, 'CRYPTO_VERIFY', 'user.meta'],
  ])('refuses %s', async (_, changes, code, path) => {
    const options = { user: dora, terminal: 'desktop', visaAlgorithms, ...changes } as { user: User; terminal: string };
    expect((await faultOf(() => dim.createDevice(options))).slice(0, 2)).toEqual([code, path]);
  });

  test('a key of a keystore signs', async () => {
    const { identity } = dora.keys;
    const { algorithm, publicKey } = identity;
    const opaque = {
      algorithm,
      publicKey,
      sign: async (data: Uint8Array) => identity.sign(data),
    } as unknown as PrivateKey;
    const user = { ...dora, keys: { ...dora.keys, identity: opaque } };
    const device = await dim.createDevice({ user, terminal: 'desktop', visaAlgorithms });
    expect(await device.visas[1]?.verify(publicKey)).toBe(true);
  });
});

test('a device that has the keys of the others, too, reads what was written to them alone', async () => {
  const sender = new MemoryStore();
  await dim.addUser(sender, carol);
  await dim.addContact(sender, dora);
  const bytes = await dim.messenger({ self: carol.id, store: sender }).pack(TextContent.create('Before'), dora.id);
  const store = new MemoryStore();
  await dim.addUser(store, both);
  await dim.addContact(store, carol);
  const { content } = await dim.messenger({ self: dora.id.at('desktop'), store }).unpack(bytes);
  expect(content.kind === 'text' && content.text).toBe('Before');
});
