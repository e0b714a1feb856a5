import { describe, expect, jest, test } from '@jest/globals';
import { modernPlugin } from 'dimplugins/modern';
import { EntityType, ID, MemoryStore, VerifiedMeta, verifyMeta, type PrivateKey } from '../../src/index.ts';
import { alice, bob, carol, dim, errorOf, faultOf, group } from '../world.ts';

const modern = dim.extend(modernPlugin());

describe('createUser', () => {
  test('makes an ETH identity without a seed, an MKM identity with one, both with ECC', async () => {
    expect([alice.meta.typeName, alice.id.name, alice.meta.publicKey.algorithm]).toEqual(['ETH', undefined, 'ECC']);
    expect([carol.meta.typeName, carol.id.name, carol.meta.publicKey.algorithm]).toEqual(['MKM', 'carol', 'ECC']);
    expect(bob.meta.publicKey.algorithm).toBe('RSA');
    for (const user of [alice, bob, carol]) {
      expect(await verifyMeta(user.meta, user.id)).toBeInstanceOf(VerifiedMeta);
      for (const visa of user.visas) expect(await visa.verify(user.meta.publicKey)).toBe(true);
    }
  });

  test('gives each terminal a visa and a key of its own', () => {
    expect(bob.visas.map((visa) => visa.terminal)).toEqual(['phone', 'desktop']);
    const keys = bob.visas.map((visa) => visa.encryptKey?.fields['data']);
    expect(new Set(keys).size).toBe(2);
    expect(bob.keys.decrypt.map(({ terminal, key }) => [terminal, key.encryptKey.fields['data']])).toEqual([
      ['phone', keys[0]],
      ['desktop', keys[1]],
    ]);
  });

  test('makes bots and stations, and says what is wrong', async () => {
    const bot = await dim.createUser({ name: 'Bot', seed: 'bot', type: EntityType.BOT });
    expect([bot.id.type, bot.id.isUser]).toEqual([EntityType.BOT, true]);
    expect((await errorOf(() => dim.createUser({ name: 'x', type: EntityType.BOT }))).code).toBe('USAGE_ARGUMENT');
    expect((await errorOf(() => dim.createUser({ name: 'x', seed: 'a@b' }))).code).toBe('USAGE_ARGUMENT');
    expect((await errorOf(() => dim.createUser({ name: 'x', algorithm: 'DSA' }))).code).toBe('UNSUPPORTED_ALGORITHM');
  });
});

describe('createUser with an identity key that exists', () => {
  test('makes the same ID each time, with new keys to encrypt to', async () => {
    const key = await dim.PrivateKey.generate('ECC');
    const options = { name: 'Dora', identityKey: key, visaAlgorithms: ['X25519'] };
    const [one, other] = [await modern.createUser(options), await modern.createUser(options)];
    expect([one.id.equals(other.id), one.keys.identity]).toEqual([true, key]);
    expect(one.meta.publicKey.fields).toEqual(key.publicKey.fields);
    expect(one.visas[0]?.encryptKey?.fields).not.toEqual(other.visas[0]?.encryptKey?.fields);
    const store = new MemoryStore();
    for (const user of [one, other]) await modern.addUser(store, user);
    expect(store.keys(one.id)).toEqual(other.keys);
  });

  test('takes one of a keystore, which does no more than sign', async () => {
    const { publicKey, algorithm, sign } = await dim.PrivateKey.generate('ECC').then((key) => ({
      publicKey: key.publicKey,
      algorithm: key.algorithm,
      sign: async (data: Uint8Array) => key.sign(data),
    }));
    const identityKey = { publicKey, algorithm, sign } as unknown as PrivateKey;
    for (const seed of [undefined, 'dora']) {
      const user = await modern.createUser({ ...seeded(seed), name: 'Dora', identityKey, visaAlgorithms: ['X25519'] });
      expect(await verifyMeta(user.meta, user.id)).toBeInstanceOf(VerifiedMeta);
      expect(await user.visas[0]?.verify(publicKey)).toBe(true);
    }
  });

  test('refuses one that signs for another, and what is none', async () => {
    const { publicKey } = alice.keys.identity;
    const sign = async (data: Uint8Array) => carol.keys.identity.sign(data);
    const wrong = { publicKey, algorithm: 'ECC', sign } as unknown as PrivateKey;
    const map = carol.keys.identity.fields as unknown as PrivateKey;
    for (const [identityKey, seed] of [[wrong], [wrong, 'x'], [map], [null as never], [publicKey as never]] as const)
      expect(
        await faultOf(() => modern.createUser({ ...seeded(seed), name: 'x', identityKey, visaAlgorithms: ['X25519'] })),
      ).toEqual(['USAGE_ARGUMENT', 'identityKey', expect.any(String)]);
    const rsa = bob.keys.identity;
    expect((await faultOf(() => dim.createUser({ name: 'x', identityKey: rsa }))).slice(0, 2)).toEqual([
      'USAGE_ARGUMENT',
      'identityKey',
    ]);
    const both = { name: 'x', identityKey: alice.keys.identity, algorithm: 'RSA' };
    expect((await faultOf(() => dim.createUser(both))).slice(0, 2)).toEqual(['USAGE_ARGUMENT', 'algorithm']);
  });
});

function seeded(seed: string | undefined): { readonly seed?: string } {
  return seed === undefined ? {} : { seed };
}

test('createGroup makes a group of the founder, signed by the founder', async () => {
  expect([group.id.isGroup, group.id.name]).toEqual([true, 'team']);
  expect(group.members.map(String)).toEqual([alice, bob, carol].map(({ id }) => id.toString()));
  expect(await verifyMeta(group.meta, group.id)).toBeInstanceOf(VerifiedMeta);
  expect(await group.bulletin.verify(alice.meta.publicKey)).toBe(true);
  expect(group.bulletin.founder?.equals(alice.id)).toBe(true);
});

test('createGroup looks at each member once, and takes each once', async () => {
  const isUser = jest.spyOn(ID.prototype, 'isUser', 'get');
  const made = await dim.createGroup({
    founder: alice,
    members: [bob.id, alice.id, carol.id],
    name: 'Team',
    seed: 'team',
  });
  const looks = isUser.mock.contexts.filter((id) => id === carol.id);
  isUser.mockRestore();
  expect(looks.length).toBe(1);
  expect(made.members).toEqual([alice.id, bob.id, carol.id]);
});
