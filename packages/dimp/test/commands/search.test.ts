import { describe, expect, test } from '@jest/globals';
import { SearchCommand } from '../../src/index.ts';
import { alice, bob, carol, errorOf } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const [DID, STATION] = [bob.id.toString(), carol.id.toString()];
const QUERY = {
  type: '136',
  ...COMMON,
  command: 'search',
  keywords: 'bob moki',
  start: 20,
  limit: 10,
  station: STATION,
};
const ANSWER = { ...QUERY, users: [DID], results: { [DID]: bob.meta.toMap() } };

describe('SearchCommand', () => {
  test('a query is read', () => {
    const command = parseAs('search', QUERY);
    expect(command).toMatchObject({ keywords: ['bob', 'moki'], start: 20, limit: 10, isQuery: true });
    expect(command.station?.equals(carol.id)).toBe(true);
    expect(parseAs('search', { ...QUERY, keywords: ['bob', 'moki'], start: '20' })).toMatchObject({
      keywords: ['bob', 'moki'],
      start: 20,
    });
  });

  test('an answer is read', () => {
    const command = parseAs('search', ANSWER);
    expect([command.isQuery, command.users?.map(String)]).toEqual([false, [DID]]);
    expect(command.results?.get(DID)).toEqual(bob.meta.toMap());
  });

  test('only the keywords must be there', () => {
    const { start: _start, limit: _limit, station: _station, ...bare } = QUERY;
    const absent = { start: undefined, limit: undefined, station: undefined, users: undefined, results: undefined };
    expect(parseAs('search', bare)).toMatchObject(absent);
  });

  test('nothing is lost', async () => {
    checkNothingLost('search', QUERY, ANSWER);
  });

  test('new ones make the round trip', () => {
    const query = reread('search', SearchCommand.query(['a', 'b'], { start: 0, limit: 5, station: carol.id, sn: 9 }));
    expect(query).toMatchObject({ keywords: ['a', 'b'], start: 0, limit: 5, sn: 9, isQuery: true });
    expect(query.station?.equals(carol.id)).toBe(true);
    const answer = reread('search', SearchCommand.answer(['a'], [alice.id, bob.id]));
    expect([answer.isQuery, answer.users?.length]).toEqual([false, 2]);
  });

  test.each<[object, string, string]>([
    [{ keywords: undefined }, 'INPUT_MISSING', 'keywords'],
    [{ keywords: 5 }, 'INPUT_TYPE', 'keywords'],
    [{ keywords: ['x', 5] }, 'INPUT_TYPE', 'keywords[1]'],
    [{ start: -1 }, 'INPUT_RANGE', 'start'],
    [{ limit: 'x' }, 'INPUT_FORMAT', 'limit'],
    [{ station: 'x' }, 'UNSUPPORTED_ADDRESS', 'station'],
    [{ users: {} }, 'INPUT_TYPE', 'users'],
    [{ users: ['x'] }, 'UNSUPPORTED_ADDRESS', 'users[0]'],
    [{ results: [] }, 'INPUT_TYPE', 'results'],
    [{ results: { x: {} } }, 'UNSUPPORTED_ADDRESS', 'results.x'],
    [{ results: { [DID]: 5 } }, 'INPUT_TYPE', `results.${DID}`],
  ])('%# is refused', async (change, code, path) => {
    expect(await refusalOf(ANSWER, change)).toMatchObject({ code, path });
  });

  test('nobody searches for a word with a blank, or skips less than none', async () => {
    const blank = await errorOf(() => SearchCommand.query(['a b']));
    expect(blank).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'keywords[0]' });
    expect(await errorOf(() => SearchCommand.query(['a'], { start: -1 }))).toMatchObject({ path: 'start' });
  });
});
