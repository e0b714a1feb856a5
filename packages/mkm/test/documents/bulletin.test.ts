/** Bulletins: who founded a group, and who helps it. */
import { expect, test } from '@jest/globals';
import type { Bulletin } from '../../src/index.ts';
import { context, errorOf, GROUP, USER } from '../demo-plugin.ts';

const did = context.ID.parse(USER);
const read = (properties: object): Bulletin =>
  context.Document.parse({ did: GROUP, type: 'bulletin', data: JSON.stringify(properties) }) as Bulletin;

test('a bulletin has its founder, assistants and administrators', async () => {
  const key = await context.PrivateKey.generate('TEST25519');
  const bulletin = await context.Document.create({
    type: 'bulletin',
    did: context.ID.parse(GROUP),
    properties: { founder: did, assistants: [did, did.at('bot')], administrators: [did.at('admin')] },
  }).sign(key);
  expect(bulletin.founder?.equals(did)).toBe(true);
  expect(bulletin.assistants.map(String)).toEqual([USER, `${USER}/bot`]);
  expect(bulletin.administrators.map(String)).toEqual([`${USER}/admin`]);
});

test('one that names nobody has no founder and empty lists', () => {
  expect([read({}).founder, read({}).assistants, read({}).administrators]).toEqual([undefined, [], []]);
});

test.each([
  [{ founder: 'x y' }, 'INPUT_FORMAT', 'data.founder', (bulletin: Bulletin) => bulletin.founder],
  [{ assistants: [USER, 'x y'] }, 'INPUT_FORMAT', 'data.assistants[1]', (bulletin: Bulletin) => bulletin.assistants],
  [{ assistants: USER }, 'INPUT_TYPE', 'data.assistants', (bulletin: Bulletin) => bulletin.assistants],
  [{ administrators: [7] }, 'INPUT_TYPE', 'data.administrators[0]', (bulletin: Bulletin) => bulletin.administrators],
])('%j is an error for the whole property', (properties, code, path, property) => {
  expect(errorOf(() => property(read(properties)))).toMatchObject({ code, path });
});
