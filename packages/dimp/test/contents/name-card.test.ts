import { describe, expect, test } from '@jest/globals';
import { NameCardContent, NetworkFile } from '../../src/index.ts';
import { bob, dim, errorOf, group, mallory } from '../world.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const DID = bob.id.toString();
const WIRE = { type: '51', ...COMMON, did: DID, name: 'Bob', avatar: 'https://example.com/bob.png' };

function parseCard(change: object): NameCardContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'name-card') throw new Error(content.kind);
  return content;
}

describe('NameCardContent', () => {
  test('every field is read', () => {
    const card = parseCard({});
    expect([card.did.toString(), card.name, card.avatar?.url]).toEqual([DID, 'Bob', WIRE.avatar]);
  });

  testNothingLost(WIRE, 'name-card');

  test('the ID is read by either name, and by both', () => {
    expect(parseCard({ did: undefined, ID: DID }).did.toString()).toBe(DID);
    expect(parseCard({ ID: DID }).did.toString()).toBe(DID);
  });

  test('empty text is no picture, as in visas', () => {
    expect(parseCard({ avatar: '' })).toMatchObject({ name: 'Bob', avatar: undefined });
  });

  test('there are cards of groups, and without name and avatar', () => {
    const card = parseCard({ did: group.id.toString(), name: undefined, avatar: undefined });
    expect(card).toMatchObject({ name: undefined, avatar: undefined });
    expect(card.did.isGroup).toBe(true);
  });

  test('a new one makes the round trip', () => {
    const avatar = NetworkFile.parse('data:image/png;base64,SGk=');
    const card = reread(NameCardContent.create({ did: bob.id, name: 'Bob', avatar }, { sn: 9 })) as NameCardContent;
    expect([card.did.toString(), card.name, card.sn]).toEqual([DID, 'Bob', 9]);
    expect(card.avatar?.data?.bytes).toEqual(new Uint8Array([72, 105]));
    expect(NameCardContent.create({ did: bob.id, name: 'Bob' }).toMap()).not.toHaveProperty('avatar');
  });

  test.each([
    [{ did: undefined }, 'INPUT_MISSING', 'did'],
    [{ did: 'a@b@c' }, 'INPUT_FORMAT', 'did'],
    [{ did: true }, 'INPUT_TYPE', 'did'],
    [{ ID: mallory.id.toString() }, 'INPUT_CONFLICT', 'ID'],
    [{ name: 5 }, 'INPUT_TYPE', 'name'],
    [{ avatar: 5 }, 'INPUT_TYPE', 'avatar'],
    [{ avatar: 'ftp://a/b' }, 'INPUT_FORMAT', 'avatar.URL'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parseCard(change))).toMatchObject({ code, path });
  });
});
