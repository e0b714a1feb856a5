/** Metas with a seed and without: what they give, what they match, and what is refused. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { EntityType, VerifiedMeta, verifyMeta, type Meta } from '../../src/index.ts';
import { context, errorOf, GROUP, USER } from '../demo-plugin.ts';

const privateKey = await context.PrivateKey.generate('TEST25519');
const NO_ALGORITHM = 'no plugin has this algorithm for public keys, only TEST25519';
let named: Meta;
let bare: Meta;

beforeEach(async () => {
  named = await context.Meta.generate({ type: 'MKM', privateKey, seed: 'alice' });
  bare = await context.Meta.generate({ type: '2', privateKey });
});

describe('a meta with a seed', () => {
  test('verifies, gives IDs and matches them', async () => {
    expect([named.type, named.typeName]).toEqual(['1', 'MKM']);
    expect(await named.verify()).toBe(true);
    for (const type of [EntityType.USER, EntityType.GROUP, EntityType.BOT]) {
      const id = named.id(type, 'phone');
      expect([id.name, id.type, id.terminal]).toEqual(['alice', type, 'phone']);
      expect(await verifyMeta(named, id)).toBeInstanceOf(VerifiedMeta);
    }
  });

  test('does not match another name, address or a broadcast ID', () => {
    const { address } = named.id();
    expect(named.matches(context.ID.create({ name: 'bob', address }))).toBe(false);
    expect(named.matches(context.ID.create({ address }))).toBe(false);
    expect(named.matches(context.ID.parse(USER))).toBe(false);
    expect(named.matches(context.ID.parse(GROUP))).toBe(false);
    expect(named.matches(context.ID.parse('alice@anywhere'))).toBe(false);
    expect(named.matches(bare.id())).toBe(false);
  });

  test('without the signature of its seed is not sound, though an ID can be made of it', async () => {
    const forged = context.Meta.parse({ ...named.toMap(), fingerprint: 'AAAA' });
    expect([forged.matches(forged.id()), await verifyMeta(forged, forged.id())]).toEqual([true, false]);
  });

  test('that is sound is not for any ID', async () => {
    expect(await verifyMeta(named, context.ID.parse(USER))).toBe(false);
  });

  test.each([0, 255])('gives an address for the network byte %d', (network) => {
    expect(named.address(network).network).toBe(network);
  });

  test.each([-1, 256, 1.5, Number.NaN])('gives no address for the network %d', (network) => {
    expect(errorOf(() => named.address(network))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      reason: `a meta of type MKM gives no address of entity type ${network}`,
    });
  });

  test('has a seed as long as an ID may be, and no longer', () => {
    expect(context.Meta.parse({ ...named.toMap(), seed: 'a'.repeat(256) }).seed).toHaveLength(256);
  });

  test('is read back from its map, whatever the type is called', async () => {
    const { type: _type, ...rest } = named.toMap();
    const both = [
      { type: '1', version: 1 },
      { type: 'MKM', version: 1 },
      { type: 1, version: 'mkm' },
    ];
    for (const spelling of [{ type: '1' }, { type: 1 }, { type: 'mkm' }, { version: 1 }, ...both]) {
      const meta = context.Meta.parse({ ...rest, ...spelling, extra: { kept: true } });
      expect(await verifyMeta(meta, named.id())).toBeInstanceOf(VerifiedMeta);
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
    [{ type: undefined }, 'INPUT_MISSING', 'type', 'is required'],
    [{ type: '3' }, 'UNSUPPORTED_META', 'type', 'no plugin reads metas of type 3'],
    [{ type: '01' }, 'INPUT_FORMAT', 'type', 'must be a type code in decimal digits'],
    [{ version: 2 }, 'INPUT_CONFLICT', 'version', 'differs from type'],
    [{ key: undefined }, 'INPUT_MISSING', 'key', 'is required'],
    [{ key: 'x' }, 'INPUT_TYPE', 'key', 'must be a map, not text'],
    [{ key: { algorithm: 'NOPE' } }, 'UNSUPPORTED_ALGORITHM', 'key.algorithm', NO_ALGORITHM],
    [{ key: { algorithm: '__proto__' } }, 'UNSUPPORTED_ALGORITHM', 'key.algorithm', NO_ALGORITHM],
    [{ seed: undefined }, 'INPUT_MISSING', 'seed', 'is required in a meta of type MKM'],
    [{ seed: '' }, 'INPUT_FORMAT', 'seed', 'has an empty name'],
    [{ seed: 'a@b' }, 'INPUT_FORMAT', 'seed', expect.stringContaining('has a name with U+0040')],
    [{ seed: 5 }, 'INPUT_TYPE', 'seed', 'must be text, not a number'],
    [{ seed: 'a'.repeat(257) }, 'INPUT_LIMIT', 'seed', 'is longer than 256 characters'],
    [{ fingerprint: undefined }, 'INPUT_MISSING', 'fingerprint', 'is required in a meta of type MKM'],
    [{ fingerprint: '' }, 'INPUT_FORMAT', 'fingerprint', 'must not be empty'],
    [{ fingerprint: 'AB==' }, 'INPUT_FORMAT', 'fingerprint', 'must be base64'],
    [{ fingerprint: 'A'.repeat(20_000) }, 'INPUT_LIMIT', 'fingerprint', 'is longer than 16384 characters'],
  ])('change %# is refused', (change, code, path, reason) => {
    expect(errorOf(() => context.Meta.parse({ ...named.toMap(), ...change }))).toMatchObject({ code, path, reason });
  });
});

describe('a meta without a seed', () => {
  test('verifies and matches', async () => {
    expect(await verifyMeta(bare, bare.id())).toBeInstanceOf(VerifiedMeta);
    expect(bare.id().name).toBeUndefined();
  });

  test.each([
    [{ seed: 'x' }, 'seed'],
    [{ seed: '' }, 'seed'],
    [{ fingerprint: 'AAAA' }, 'fingerprint'],
  ])('must not carry %j', (extra, path) => {
    expect(errorOf(() => context.Meta.parse({ ...bare.toMap(), ...extra }))).toMatchObject({
      code: 'INPUT_CONFLICT',
      path,
      reason: 'must be absent in a meta of type BTC',
    });
  });
});

test('generating asks for a seed exactly where the type has one', async () => {
  await expect(context.Meta.generate({ type: 'MKM', privateKey })).rejects.toMatchObject({
    code: 'USAGE_ARGUMENT',
    reason: 'a meta of type MKM needs a seed',
  });
  await expect(context.Meta.generate({ type: 'BTC', privateKey, seed: 'x' })).rejects.toMatchObject({
    code: 'USAGE_ARGUMENT',
    reason: 'a meta of type BTC has no seed',
  });
  await expect(context.Meta.generate({ type: 'ETH', privateKey })).rejects.toMatchObject({ code: 'UNSUPPORTED_META' });
});

test('changing what toMap gives does not change the meta', () => {
  const map = named.toMap();
  map['seed'] = 'mallory';
  expect(named.fields['seed']).toBe('alice');
});
