/** Metas of a plugin's own types: what the core does with their answers and failures. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  ANYWHERE,
  createIdentityContext,
  defineMeta,
  definePlugin,
  DimError,
  EntityType,
  Meta,
  VerifiedMeta,
  verifyMeta,
  type MetaDefinition,
  type PrivateKey,
} from '../../src/index.ts';
import { MADE_HERE } from '../../src/errors/made-here.ts';
import { demoPlugin, errorOf, testAddress } from '../demo-plugin.ts';

const users = defineMeta({
  type: '4',
  name: 'USERS',
  seed: 'absent',
  address: ({ publicKey }, network) => (network === EntityType.USER ? testAddress(publicKey.data, network) : undefined),
});
const named = defineMeta({ type: '5', name: 'NAMED', seed: 'required', address: () => undefined });
const claimsAll = defineMeta({ type: '6', name: 'CLAIMS_ALL', seed: 'absent', address: () => ANYWHERE });
const refusing = defineMeta({
  type: '7',
  name: 'REFUSING',
  seed: 'absent',
  address: () => undefined,
  checkKey() {
    throw new DimError('INPUT_KEY', 'must be longer', { path: 'data' });
  },
});
const broken = defineMeta({
  type: '8',
  name: 'BROKEN',
  seed: 'absent',
  address() {
    throw new TypeError('no address today');
  },
});
const brokenCheck = defineMeta({
  type: '9',
  name: 'BROKEN_CHECK',
  seed: 'absent',
  address: () => undefined,
  checkKey() {
    throw new TypeError('no check today');
  },
});

/** As an application may write it, without the helper. */
const plain: MetaDefinition = {
  defines: 'meta',
  type: '10',
  name: 'PLAIN',
  seed: 'absent',
  address: ({ publicKey }, network) => testAddress(publicKey.data, network),
};

const context = createIdentityContext({
  plugins: [demoPlugin, definePlugin('odd', [users, named, claimsAll, refusing, broken, brokenCheck, plain])],
});
let privateKey: PrivateKey;
const parse = (type: string): Meta => context.Meta.parse({ type, key: privateKey.publicKey.fields });

beforeEach(async () => {
  privateKey = await context.PrivateKey.generate('TEST25519');
});

describe('a type that gives addresses for users only', () => {
  test('gives them', async () => {
    expect(await verifyMeta(parse('4'), parse('4').id())).toBeInstanceOf(VerifiedMeta);
  });

  test('gives no other, and matches no other', () => {
    const group = context.ID.create({ address: testAddress(privateKey.publicKey.data, EntityType.GROUP) });
    expect(parse('4').matches(group)).toBe(false);
    expect(errorOf(() => parse('4').id(EntityType.GROUP))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      reason: 'a meta of type USERS gives no address of entity type 1',
    });
  });
});

test('no meta matches a broadcast ID, whatever its type says', () => {
  expect(parse('6').address()).toBe(ANYWHERE);
  expect(parse('6').matches(context.ID.create({ address: ANYWHERE }))).toBe(false);
});

test('a key that the type refuses is an error of the key', () => {
  expect(errorOf(() => parse('7'))).toMatchObject({ code: 'INPUT_KEY', path: 'key.data', reason: 'must be longer' });
});

test('a type may take any key', () => {
  expect(parse('10').matches(parse('10').id())).toBe(true);
});

test('a failure of the plugin is told from bad input', () => {
  expect(errorOf(() => parse('8').address())).toMatchObject({
    code: 'INTERNAL_PLUGIN',
    reason: 'the definition of meta BROKEN failed',
  });
  expect(errorOf(() => parse('9'))).toMatchObject({
    code: 'INTERNAL_PLUGIN',
    path: 'key',
    reason: 'the definition of meta BROKEN_CHECK failed',
  });
});

test('without its seed or its fingerprint, a meta of a type that has both does not verify', async () => {
  const { publicKey } = privateKey;
  const fingerprint = new Uint8Array(await privateKey.sign(new Uint8Array()));
  for (const parts of [
    { seed: undefined, fingerprint },
    { seed: 'alice', fingerprint: undefined },
    { seed: undefined, fingerprint: undefined },
  ]) {
    expect(await new Meta(MADE_HERE, { fields: {}, definition: named, publicKey, ...parts }).verify()).toBe(false);
  }
});
