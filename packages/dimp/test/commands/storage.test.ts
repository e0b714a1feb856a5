import { describe, expect, test } from '@jest/globals';
import { StorageCommand, TransportableData } from '../../src/index.ts';
import { alice, bob } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const WIRE = {
  type: '136',
  ...COMMON,
  command: 'storage',
  title: 'contacts',
  did: alice.id.toString(),
  data: 'SGVsbG8=',
  key: 'base64,a2V5',
};
const BARE = { type: '136', ...COMMON, command: 'storage', title: 'contacts' };

describe('StorageCommand', () => {
  test('every field is read, the ID by either name', () => {
    const command = parseAs('storage', WIRE);
    expect([command.title, command.did?.toString()]).toEqual(['contacts', WIRE.did]);
    expect([command.data, command.key].map((ted) => new TextDecoder().decode(ted?.bytes))).toEqual(['Hello', 'key']);
    expect(parseAs('storage', { ...WIRE, did: undefined, ID: WIRE.did }).did?.equals(alice.id)).toBe(true);
  });

  test('only the title must be there', () => {
    expect(parseAs('storage', BARE)).toMatchObject({ did: undefined, data: undefined, key: undefined });
  });

  test('nothing is lost', async () => {
    checkNothingLost('storage', WIRE, BARE);
  });

  test('a new one makes the round trip', () => {
    const data = TransportableData.fromBytes(new Uint8Array([1, 2]), { mimeType: 'application/octet-stream' });
    const key = TransportableData.fromBytes(new Uint8Array([3]));
    const command = reread('storage', StorageCommand.create('contacts', { did: alice.id, data, key }, { sn: 9 }));
    expect([command.title, command.did?.equals(alice.id), command.sn]).toEqual(['contacts', true, 9]);
    expect([command.data?.bytes, command.key?.bytes]).toEqual([data.bytes, key.bytes]);
    expect(reread('storage', StorageCommand.create('contacts')).data).toBeUndefined();
  });

  test.each<[object, string, string]>([
    [{ title: undefined }, 'INPUT_MISSING', 'title'],
    [{ title: 5 }, 'INPUT_TYPE', 'title'],
    [{ did: 'x' }, 'UNSUPPORTED_ADDRESS', 'did'],
    [{ ID: bob.id.toString() }, 'INPUT_CONFLICT', 'ID'],
    [{ data: '@@' }, 'INPUT_FORMAT', 'data'],
    [{ data: 5 }, 'INPUT_TYPE', 'data'],
    [{ key: '@' }, 'INPUT_FORMAT', 'key'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(WIRE, change)).toMatchObject({ code, path });
  });
});
