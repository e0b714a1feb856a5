/** Verified metas and documents: only verification makes them, for the types and at run time. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  Bulletin,
  EntityType,
  hasSameKey,
  isFounder,
  VerifiedDocument,
  verifyDocument,
  VerifiedMeta,
  verifyMeta,
  Visa,
  type Document,
  type Meta,
  type PrivateKey,
} from '../../src/index.ts';
import { context, errorOf } from '../demo-plugin.ts';

let key: PrivateKey;
let meta: Meta;
let owner: VerifiedMeta;
let visa: Visa;

const verifiedOf = async (of: Meta, type: number = EntityType.USER) => {
  const verified = await verifyMeta(of, of.id(type));
  if (!verified) throw new Error('it does not verify');
  return verified;
};

beforeAll(async () => {
  key = await context.PrivateKey.generate('TEST25519');
  meta = await context.Meta.generate({ type: 'MKM', privateKey: key, seed: 'alice' });
  owner = await verifiedOf(meta);
  visa = await context.Document.create({ type: 'visa', did: owner.id.at('phone'), properties: { name: 'A' } }).sign(
    key,
  );
});

describe('a verified meta', () => {
  test('says whose it is, without a terminal, and verifies once', async () => {
    expect(owner.id.toString()).toBe(meta.id().toString());
    expect(await verifyMeta(meta, meta.id(EntityType.USER, 'phone'))).toBe(owner);
    const group = await verifiedOf(meta, EntityType.GROUP);
    expect([group.id.isGroup, owner.id.isGroup]).toEqual([true, false]);
  });

  test('is made by nothing else', async () => {
    const literal = { id: owner.id, meta, publicKey: meta.publicKey };
    // @ts-expect-error: a literal is none
    await expect(verifyDocument(visa, literal)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path: 'owner' });
    // @ts-expect-error: nor a meta that nobody verified
    await expect(verifyDocument(visa, meta)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path: 'owner' });
    // @ts-expect-error: the constructor is private
    expect(errorOf(() => new VerifiedMeta(Symbol('verified meta'), owner.id, meta)).code).toBe('USAGE_ARGUMENT');
    expect([VerifiedMeta.is(owner), VerifiedMeta.is(Object.create(owner) as unknown), VerifiedMeta.is(null)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a verified document', () => {
  test('is one of the owner, signed by the owner', async () => {
    const verified = await verifyDocument(visa, owner);
    expect(
      verified && [verified.did.toString(), verified.document, verified.isA(Visa), verified.isA(Bulletin)],
    ).toEqual([visa.did.toString(), visa, true, false]);
    expect(await verifyDocument(visa, owner)).toBe(verified);
  });

  test('is none of another ID, or of another key', async () => {
    const otherKey = await context.PrivateKey.generate('TEST25519');
    const forged = await context.Document.create({ type: 'visa', did: owner.id, properties: {} }).sign(otherKey);
    expect(await verifyDocument(forged, owner)).toBe(false);
    const other = await verifiedOf(await context.Meta.generate({ type: 'MKM', privateKey: key, seed: 'bob' }));
    expect(await verifyDocument(visa as Document, other)).toBe(false);
  });

  test('is made by nothing else', async () => {
    const verified = await verifyDocument(visa, owner);
    expect([VerifiedDocument.is(verified), VerifiedDocument.is({ document: visa }), VerifiedDocument.is(visa)]).toEqual(
      [true, false, false],
    );
    // @ts-expect-error: the constructor is private
    expect(errorOf(() => new VerifiedDocument(Symbol('verified document'), visa)).code).toBe('USAGE_ARGUMENT');
  });
});

describe('a founder', () => {
  test('has the key of the group', async () => {
    const group = await verifiedOf(
      await context.Meta.generate({ type: 'MKM', privateKey: key, seed: 'team' }),
      EntityType.GROUP,
    );
    const stranger = await context.PrivateKey.generate('TEST25519');
    const mallory = await verifiedOf(await context.Meta.generate({ type: 'MKM', privateKey: stranger, seed: 'm' }));
    expect([await isFounder(group, owner), await isFounder(group, mallory)]).toEqual([true, false]);
    // A user founds no user, and a group nothing.
    expect([await isFounder(owner, owner), await isFounder(group, group)]).toEqual([false, false]);
    expect([hasSameKey(group.meta, meta), hasSameKey(group.meta, mallory.meta)]).toEqual([true, false]);
  });
});

test('nothing but true is a yes, whatever a key of a plugin answers', async () => {
  const { verifySignature } = await import('../../src/extend.ts');
  for (const answer of [{ valid: false }, 1, 'yes', undefined, false]) {
    const strange = { ...key.publicKey, algorithm: 'X', verify: () => answer as boolean };
    expect(await verifySignature(strange, new Uint8Array(), new Uint8Array())).toBe(false);
  }
});

test('what is no document is none, whatever it says of itself', async () => {
  const ownerOfVisa = await verifiedOf(meta);
  const forged = { did: ownerOfVisa.id, verify: () => Promise.resolve(true) };
  for (const what of [forged, JSON.parse('{"did":"x"}') as unknown, null, 'x'])
    await expect(verifyDocument(what as Visa, ownerOfVisa)).rejects.toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'document',
      reason: expect.stringMatching(/^must be a document, not .*: read it first$/),
    });
});

test('what was verified cannot be changed', async () => {
  const ownerOfMeta = await verifiedOf(meta);
  expect(() => Object.assign(ownerOfMeta.meta, { publicKey: key.publicKey })).toThrow(TypeError);
});
