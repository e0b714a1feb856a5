import { describe, expect, test } from '@jest/globals';
import { BlockCommand, MuteCommand } from '../../src/index.ts';
import { alice, group } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

describe.each([
  ['block', BlockCommand],
  ['mute', MuteCommand],
] as const)('a command with the list %s', (kind, ListCommand) => {
  const QUERY = { type: '136', ...COMMON, command: kind };
  const UPDATE = { ...QUERY, list: [alice.id.toString(), group.id.toString()] };

  test('the list is read', () => {
    const command = parseAs(kind, UPDATE);
    expect([command.list?.map(String), command.isQuery]).toEqual([UPDATE.list, false]);
    expect(parseAs(kind, { ...QUERY, list: [] })).toMatchObject({ list: [], isQuery: false });
  });

  test('without a list it is a query', () => {
    expect(parseAs(kind, QUERY)).toMatchObject({ list: undefined, isQuery: true });
  });

  test('nothing is lost', async () => {
    checkNothingLost(kind, QUERY, UPDATE);
  });

  test('new ones make the round trip', () => {
    expect(reread(kind, ListCommand.query({ sn: 9 }))).toMatchObject({ isQuery: true, sn: 9 });
    expect(reread(kind, ListCommand.update([alice.id])).list?.map(String)).toEqual([alice.id.toString()]);
    expect(ListCommand.update([]).isQuery).toBe(false);
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
