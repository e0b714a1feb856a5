import { describe, expect, jest, test } from '@jest/globals';
import { EntityType, ID, VerifiedMeta, verifyMeta } from '../../src/index.ts';
import { alice, bob, carol, dim, errorOf, group } from '../world.ts';

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
