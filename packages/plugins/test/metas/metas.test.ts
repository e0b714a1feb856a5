/** Metas of the standard types: written by another implementation, new ones, and keys that none can have. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createIdentityContext, DimError, EntityType, VerifiedMeta, verifyMeta, type PrivateKey } from 'mkm';
import { standardPlugin } from '../../src/index.ts';
import { at, eccVectors, rsaVectors, vectors } from '../fixtures.ts';

const context = createIdentityContext({ plugins: [standardPlugin()] });
const rsaFields = at(rsaVectors, 0).private;
const eccFields = at(eccVectors, 0).private;
let ecc: PrivateKey;
let rsa: PrivateKey;

beforeEach(() => {
  ecc = context.PrivateKey.parse(eccFields);
  rsa = context.PrivateKey.parse(rsaFields);
});

interface Case {
  readonly key: string;
  readonly meta: { readonly [name: string]: unknown };
  readonly valid: boolean;
  readonly why?: string;
  readonly ids?: readonly { readonly network: number; readonly id: string }[];
}
const cases = vectors<Case>('metas');

describe('metas of another implementation', () => {
  test.each(cases.filter(({ valid }) => valid))('$key, type $meta.type', async ({ meta: map, ids = [] }) => {
    const meta = context.Meta.parse(map);
    expect(ids.length).toBeGreaterThan(0);
    for (const { network, id } of ids) {
      expect(meta.id(network).toString()).toBe(id);
      expect(await verifyMeta(meta, context.ID.parse(id))).toBeInstanceOf(VerifiedMeta);
    }
  });

  test.each(cases.filter(({ valid }) => !valid))('$key: $why is refused', async ({ meta: map }) => {
    const meta = context.Meta.safeParse(map);
    expect(meta.ok ? await meta.value.verify() : meta.error instanceof DimError && false).toBe(false);
  });
});

describe('new metas', () => {
  test.each([
    ['MKM', 'ecc', 'moki'],
    ['MKM', 'rsa', 'moki'],
    ['BTC', 'ecc', undefined],
    ['BTC', 'rsa', undefined],
    ['ETH', 'ecc', undefined],
  ] as const)('%s of %s verifies and matches its IDs', async (type, algorithm, seed) => {
    const privateKey = algorithm === 'ecc' ? ecc : rsa;
    const meta = await context.Meta.generate({ type, privateKey, ...(seed !== undefined && { seed }) });
    const read = context.Meta.parse(JSON.parse(meta.serialize()));
    for (const entity of type === 'ETH' ? [EntityType.USER] : [EntityType.USER, EntityType.GROUP, EntityType.STATION]) {
      const id = context.ID.parse(meta.id(entity).toString());
      expect([id.type, (await verifyMeta(read, id)) !== false]).toEqual([entity, true]);
    }
  });

  test('ETH gives users only, and takes uncompressed ECC keys only', async () => {
    const meta = await context.Meta.generate({ type: 'ETH', privateKey: ecc });
    expect(() => meta.id(EntityType.GROUP)).toThrow('USAGE_ARGUMENT');
    await expect(context.Meta.generate({ type: 'ETH', privateKey: rsa })).rejects.toMatchObject({ code: 'INPUT_KEY' });
    const compressed = { ...ecc.publicKey.fields, compressed: true };
    expect(() => context.Meta.parse({ type: '4', key: compressed })).toThrow('INPUT_KEY');
  });

  test.each([
    ['a private key', rsaFields, 'INPUT_KEY'],
    ['a symmetric key', { algorithm: 'AES', data: 'CQkJCQkJCQkJCQkJCQkJCQ==' }, 'UNSUPPORTED_ALGORITHM'],
    ['PLAIN', { algorithm: 'PLAIN' }, 'UNSUPPORTED_ALGORITHM'],
  ])('%s is no key of a meta', (_name, key, code) => {
    const result = context.Meta.safeParse({ type: '2', key });
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result.ok ? '' : result.error.message).not.toContain('BEGIN');
  });
});
