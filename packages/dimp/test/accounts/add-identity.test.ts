import { describe, expect, test } from '@jest/globals';
import { MemoryStore, type PrivateKey, type User } from '../../src/index.ts';
import { alice, bob, carol, dim, faultOf, group } from '../world.ts';

describe('addUser', () => {
  test.each([
    ['ETH', alice, carol],
    ['MKM with RSA', bob, carol],
    ['MKM with ECC', carol, alice],
  ])('refuses the identity key of another, and keeps nothing: %s', async (_, user, other) => {
    const store = new MemoryStore();
    expect(await faultOf(() => dim.addUser(store, { ...user, keys: other.keys }))).toEqual([
      'CRYPTO_VERIFY',
      'keys.identity',
      'is not the private key of the meta',
    ]);
    expect([store.meta(user.id), store.keys(user.id)]).toEqual([undefined, undefined]);
  });

  test('takes an identity key that does nothing but sign, none at all, and keys of visas of long ago', async () => {
    const { identity, decrypt } = carol.keys;
    const opaque = {
      publicKey: identity.publicKey,
      sign: async (data: Uint8Array) => identity.sign(data),
    } as unknown as PrivateKey;
    const older = [...decrypt, ...alice.keys.decrypt];
    const { identity: _, ...reading } = carol.keys;
    for (const keys of [{ ...carol.keys, identity: opaque }, reading, { identity, decrypt: older }]) {
      const store = new MemoryStore();
      await dim.addUser(store, { ...carol, keys } as User);
      expect(store.keys(carol.id)).toEqual(keys);
    }
  });

  test('takes a key of a plugin that is written in two ways', async () => {
    const { identity } = carol.keys;
    const { publicKey } = identity;
    // Without a canonical form, other data may be the same key.
    const written = {
      algorithm: publicKey.algorithm,
      data: Uint8Array.of(1, ...publicKey.data),
      verify: async (message: Uint8Array, signature: Uint8Array) => publicKey.verify(message, signature),
    };
    const keys = { ...carol.keys, identity: { sign: async () => new Uint8Array(), publicKey: written } };
    const store = new MemoryStore();
    await dim.addUser(store, { ...carol, keys } as unknown as User);
    expect(store.keys(carol.id)).toBe(keys);
  });

  test('refuses a group', async () => {
    const user = { ...alice, ...group, visas: [] } as User;
    expect(await faultOf(() => dim.addUser(new MemoryStore(), user))).toEqual([
      'USAGE_ARGUMENT',
      'id',
      'must be a user',
    ]);
  });
});
