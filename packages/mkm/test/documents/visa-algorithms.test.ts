/** What a visa says to those who know more than the algorithms of all clients. */
import { describe, expect, test } from '@jest/globals';
import { createIdentityContext, type ID, type JsonValue, type Visa } from '../../src/index.ts';
import { demoPlugin, errorOf, USER } from '../demo-plugin.ts';
import { boxes } from '../context/boxes.ts';

const { Document, ID: ids, PrivateKey } = createIdentityContext({ plugins: [demoPlugin, boxes] });
const { publicKey } = await PrivateKey.generate('TEST25519');
const key = publicKey.toJSON();
const did: ID = ids.parse(USER);
const box = { algorithm: 'BOX', data: 'mine' };
const unknown = { algorithm: 'OF TOMORROW', data: '?' };

function visaOf(properties: { readonly [name: string]: JsonValue }): Visa {
  return Document.parse({ did: USER, type: 'visa', data: JSON.stringify(properties) }) as Visa;
}

const keysOf = (visa: Visa) => visa.encryptKeys.map((each) => each.toJSON());

describe('keys', () => {
  test('come before the key of all clients, in their order', () => {
    const second = { ...box, data: 'second' };
    const visa = visaOf({ key, keys: [box, second] });
    expect(keysOf(visa)).toEqual([box, second, key]);
    expect(visa.encryptKey?.toJSON()).toEqual(key);
    expect(visa.encryptKeys).toBe(visa.encryptKeys);
  });

  test('of unknown algorithms are as good as none', () => {
    expect(keysOf(visaOf({ key, keys: [unknown, box] }))).toEqual([box, key]);
    expect(keysOf(visaOf({ key: unknown, keys: [box] }))).toEqual([box]);
    expect(keysOf(visaOf({ key }))).toEqual([key]);
    expect(keysOf(visaOf({}))).toEqual([]);
  });

  test.each<[string, JsonValue, string, string, string]>([
    ['no list', box, 'INPUT_TYPE', 'data.keys', 'must be a list, not an object'],
    ['no map in it', [box, 'x'], 'INPUT_TYPE', 'data.keys[1]', 'must be a map, not text'],
    ['a wrong key', [{ algorithm: 'BOX' }], 'INPUT_MISSING', 'data.keys[0].data', 'is required'],
    ['too many', Array.from({ length: 9 }, () => box), 'INPUT_LIMIT', 'data.keys', 'has more than 8 keys'],
  ])('%s is refused', (_name, keys, code, path, reason) => {
    const visa = visaOf({ key, keys });
    expect(errorOf(() => visa.encryptKeys)).toMatchObject({ code, path, reason });
    expect(visa.encryptKey?.toJSON()).toEqual(key);
  });

  test('eight are read', () => {
    expect(keysOf(visaOf({ keys: Array.from({ length: 8 }, () => box) }))).toHaveLength(8);
  });
});

describe('algorithms', () => {
  test('are texts in the order of the owner', () => {
    expect(visaOf({ algorithms: ['B', 'A'] }).algorithms).toEqual(['B', 'A']);
    expect(visaOf({}).algorithms).toEqual([]);
  });

  test.each<[JsonValue, string, string]>([
    ['A', 'data.algorithms', 'must be a list, not text'],
    [['A', 1], 'data.algorithms[1]', 'must be text'],
  ])('%j is refused', (algorithms, path, reason) => {
    expect(errorOf(() => visaOf({ algorithms }).algorithms)).toMatchObject({ code: 'INPUT_TYPE', path, reason });
  });
});

test('a draft takes key objects in a list', () => {
  expect(Document.create({ type: 'visa', did, properties: { keys: [publicKey] } }).properties['keys']).toEqual([key]);
});
