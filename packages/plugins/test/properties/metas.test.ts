import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { EntityType, VerifiedMeta, verifyMeta, type Meta } from 'mkm';
import { encodeBase64 } from 'mkm/extend';
import { byteChange } from '../../../../tests/support/changes.ts';
import { context, makeKeys, mutated, seed, unknownFields } from './arbitraries.ts';
import { assertContract, freeze } from '../../../../tests/support/codec-contract.ts';

const { ECC, RSA } = await makeKeys();
const [eccKey, otherKey] = ECC;
const [rsaKey] = RSA;
const CRYPTO = { numRuns: 30 };

/** A meta of each type that a key can have. */
const meta: fc.Arbitrary<Promise<Meta>> = fc.oneof(
  fc
    .tuple(seed, fc.constantFrom(eccKey, rsaKey))
    .map(([name, privateKey]) => context.Meta.generate({ type: 'MKM', privateKey, seed: name })),
  fc.constantFrom(eccKey, rsaKey).map((privateKey) => context.Meta.generate({ type: 'BTC', privateKey })),
  fc.constantFrom(eccKey, otherKey).map((privateKey) => context.Meta.generate({ type: 'ETH', privateKey })),
);
const named = fc
  .tuple(seed, fc.constantFrom(eccKey, rsaKey))
  .map(([name, privateKey]) => context.Meta.generate({ type: 'MKM', privateKey, seed: name }));
const userType = fc.constantFrom(EntityType.USER, EntityType.STATION, EntityType.BOT, EntityType.GROUP);

describe('metas', () => {
  test('a meta is the same after a round trip, unknown fields and all, and belongs to its IDs', async () => {
    await fc.assert(
      fc.asyncProperty(meta, unknownFields, userType, async (making, unknown, type) => {
        const made = await making;
        const fields = freeze({ ...unknown, ...made.fields });
        const read = context.Meta.parse(fields);
        expect(read.serialize()).toBe(JSON.stringify(fields));
        expect([read.type, read.seed, read.fingerprint, read.publicKey.data]).toEqual([
          made.type,
          made.seed,
          made.fingerprint,
          made.publicKey.data,
        ]);
        const id = made.id(read.typeName === 'ETH' ? EntityType.USER : type);
        expect(await verifyMeta(read, context.ID.parse(id.toString()))).toBeInstanceOf(VerifiedMeta);
        expect(read.matches(id.at('phone'))).toBe(true);
        expect(read.matches(context.ID.create({ name: `${id.name ?? ''}x`, address: id.address }))).toBe(false);
      }),
      CRYPTO,
    );
  });

  test('the type in any of its spellings is the same meta', async () => {
    await fc.assert(
      fc.asyncProperty(meta, fc.constantFrom('type', 'version'), fc.nat(3), async (making, field, spelling) => {
        const made = await making;
        const { type: _, ...rest } = made.fields;
        const type = [made.type, Number(made.type), made.typeName, made.typeName.toLowerCase()][spelling];
        expect(
          context.Meta.parse({ ...rest, [field]: type })
            .id()
            .equals(made.id()),
        ).toBe(true);
      }),
      CRYPTO,
    );
  });

  test('one changed byte of the fingerprint, another seed or another key is refused for the ID, and by itself', async () => {
    await fc.assert(
      fc.asyncProperty(named, seed, byteChange, async (making, otherSeed, change) => {
        const made = await making;
        const { fields, fingerprint = new Uint8Array() } = made;
        fc.pre(otherSeed !== made.seed);
        const id = made.id();
        const changed = {
          fingerprint: encodeBase64(change(fingerprint)),
          seed: otherSeed,
          key: otherKey.publicKey.fields,
        };
        for (const [name, value] of Object.entries(changed)) {
          const read = context.Meta.parse({ ...fields, [name]: value });
          expect(await read.verify()).toBe(false);
          expect(await verifyMeta(read, id)).toBe(false);
        }
      }),
      CRYPTO,
    );
  });

  test('another key makes another address where the key is all there is', async () => {
    for (const type of ['BTC', 'ETH']) {
      const [one, other] = await Promise.all(
        [eccKey, otherKey].map((privateKey) => context.Meta.generate({ type, privateKey })),
      );
      expect(one && other?.matches(one.id())).toBe(false);
    }
  });

  test('a meta with something wrong is refused with one answer', async () => {
    const maps = await Promise.all(fc.sample(meta, 12));
    const map = fc.constantFrom(...maps).map(({ fields }) => fields);
    assertContract(context.Meta, mutated(map), 150);
    assertContract(context.Meta, fc.anything(), 100);
    assertContract(
      context.Meta,
      fc.tuple(map, fc.anything()).map(([fields, key]) => ({ ...fields, key })),
      100,
    );
  });
});
