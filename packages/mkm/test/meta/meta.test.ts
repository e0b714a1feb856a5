import { describe, expect, test } from '@jest/globals';
import { EntityType, verifyMeta } from '../../src/index.ts';
import { context, errorOf, GROUP } from '../demo-plugin.ts';

const privateKey = await context.PrivateKey.generate('TEST25519');
const named = await context.Meta.generate({ type: 'MKM', privateKey, seed: 'alice' });
const bare = await context.Meta.generate({ type: '2', privateKey });

describe('a meta with a seed', () => {
  test('verifies, gives IDs and matches them', async () => {
    expect(await named.verify()).toBe(true);
    for (const type of [EntityType.USER, EntityType.GROUP, EntityType.BOT]) {
      const id = named.id(type, 'phone');
      expect([id.name, id.type, id.terminal]).toEqual(['alice', type, 'phone']);
      expect(await verifyMeta(named, id)).toBe(true);
    }
  });

  test('does not match another name, address or a broadcast ID', () => {
    const { address } = named.id();
    expect(named.matches(context.ID.create({ name: 'bob', address }))).toBe(false);
    expect(named.matches(context.ID.create({ address }))).toBe(false);
    expect(named.matches(context.ID.parse(GROUP))).toBe(false);
    expect(named.matches(context.ID.parse('alice@anywhere'))).toBe(false);
    expect(named.matches(bare.id())).toBe(false);
  });

  test('is read back from its map, whatever the type is called', async () => {
    const { type: _type, ...rest } = named.toMap();
    for (const spelling of [{ type: '1' }, { type: 1 }, { type: 'mkm' }, { version: 1 }, { type: '1', version: 1 }]) {
      const meta = context.Meta.parse({ ...rest, ...spelling, extra: { kept: true } });
      expect(await verifyMeta(meta, named.id())).toBe(true);
      expect(meta.fields['extra']).toEqual({ kept: true });
    }
  });

  test('a changed seed, key or fingerprint does not verify', async () => {
    const other = await context.PrivateKey.generate('TEST25519');
    const map = named.toMap();
    for (const change of [{ seed: 'alicf' }, { key: other.publicKey.fields }, { fingerprint: 'AAAA' }]) {
      expect(await context.Meta.parse({ ...map, ...change }).verify()).toBe(false);
    }
  });

  test.each([
    [{ type: undefined }, 'INPUT_MISSING', 'type'],
    [{ type: '3' }, 'UNSUPPORTED_META', 'type'],
    [{ type: '01' }, 'INPUT_FORMAT', 'type'],
    [{ version: 2 }, 'INPUT_CONFLICT', 'version'],
    [{ key: undefined }, 'INPUT_MISSING', 'key'],
    [{ key: 'x' }, 'INPUT_TYPE', 'key'],
    [{ key: { algorithm: 'NOPE' } }, 'UNSUPPORTED_ALGORITHM', 'key.algorithm'],
    [{ key: { algorithm: '__proto__' } }, 'UNSUPPORTED_ALGORITHM', 'key.algorithm'],
    [{ seed: undefined }, 'INPUT_MISSING', 'seed'],
    [{ seed: '' }, 'INPUT_FORMAT', 'seed'],
    [{ seed: 'a@b' }, 'INPUT_FORMAT', 'seed'],
    [{ seed: 5 }, 'INPUT_TYPE', 'seed'],
    [{ fingerprint: undefined }, 'INPUT_MISSING', 'fingerprint'],
    [{ fingerprint: '' }, 'INPUT_FORMAT', 'fingerprint'],
    [{ fingerprint: 'AB==' }, 'INPUT_FORMAT', 'fingerprint'],
    [{ fingerprint: 'A'.repeat(20_000) }, 'INPUT_LIMIT', 'fingerprint'],
  ])('change %# is refused', (change, code, path) => {
    const error = errorOf(() => context.Meta.parse({ ...named.toMap(), ...change }));
    expect([error.code, error.path]).toEqual([code, path]);
  });
});

describe('a meta without a seed', () => {
  test('verifies and matches', async () => {
    expect(await verifyMeta(bare, bare.id())).toBe(true);
    expect(bare.id().name).toBeUndefined();
  });

  test.each([{ seed: 'x' }, { fingerprint: 'AAAA' }])('must not carry %j', (extra) => {
    expect(errorOf(() => context.Meta.parse({ ...bare.toMap(), ...extra })).code).toBe('INPUT_CONFLICT');
  });
});

test('generating asks for a seed exactly where the type has one', async () => {
  await expect(context.Meta.generate({ type: 'MKM', privateKey })).rejects.toMatchObject({ code: 'USAGE_ARGUMENT' });
  await expect(context.Meta.generate({ type: 'BTC', privateKey, seed: 'x' })).rejects.toMatchObject({
    code: 'USAGE_ARGUMENT',
  });
  await expect(context.Meta.generate({ type: 'ETH', privateKey })).rejects.toMatchObject({ code: 'UNSUPPORTED_META' });
});

test('changing what toMap gives does not change the meta', () => {
  const map = named.toMap();
  map['seed'] = 'mallory';
  expect(named.fields['seed']).toBe('alice');
});
