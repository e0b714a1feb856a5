import { describe, expect, test } from '@jest/globals';
import { MuteCommand } from '../../src/index.ts';
import { alice, group } from '../world.ts';
import { assertContract, checkSound, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const QUERY = { type: '136', ...COMMON, command: 'mute' };
const UPDATE = { ...QUERY, list: [alice.id.toString(), group.id.toString()] };

describe('MuteCommand', () => {
  test('the list is read', () => {
    const command = parseAs('mute', UPDATE);
    expect([command.list?.map(String), command.isQuery]).toEqual([UPDATE.list, false]);
    expect(parseAs('mute', { ...QUERY, list: [] })).toMatchObject({ list: [], isQuery: false });
  });

  test('without a list it is a query', () => {
    expect(parseAs('mute', QUERY)).toMatchObject({ list: undefined, isQuery: true });
  });

  test('nothing is lost', async () => {
    assertContract(await checkSound('mute', QUERY, UPDATE));
  });

  test('new ones make the round trip', () => {
    expect(reread('mute', MuteCommand.query({ sn: 9 }))).toMatchObject({ isQuery: true, sn: 9 });
    expect(reread('mute', MuteCommand.update([alice.id])).list?.map(String)).toEqual([alice.id.toString()]);
    expect(MuteCommand.update([]).isQuery).toBe(false);
  });

  test.each<[unknown, string, string]>([
    ['x', 'INPUT_TYPE', 'list'],
    [true, 'INPUT_TYPE', 'list'],
    [[alice.id.toString(), 'x'], 'UNSUPPORTED_ADDRESS', 'list[1]'],
    [[null], 'INPUT_TYPE', 'list[0]'],
  ])('%j is refused', async (list, code, path) => {
    expect(await refusalOf(QUERY, { list })).toMatchObject({ code, path });
  });
});
