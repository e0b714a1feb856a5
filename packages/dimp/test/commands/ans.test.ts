import { describe, expect, test } from '@jest/globals';
import { AnsCommand, stationPlugin, createDim } from '../../src/index.ts';
import { alice, bob, errorOf } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const QUERY = { type: '136', ...COMMON, command: 'ans', names: 'alice bob' };
const ANSWER = { ...QUERY, records: { alice: alice.id.toString() } };

describe('AnsCommand', () => {
  test('a query is read', () => {
    const command = parseAs('ans', QUERY);
    expect([command.names, command.records, command.isQuery]).toEqual([['alice', 'bob'], undefined, true]);
    expect(parseAs('ans', { ...QUERY, names: '  alice \t bob ' }).names).toEqual(['alice', 'bob']);
    expect(parseAs('ans', { ...QUERY, names: ' ' }).names).toEqual([]);
  });

  test('an answer is read', () => {
    const { records, isQuery } = parseAs('ans', ANSWER);
    expect([records?.size, records?.get('alice')?.equals(alice.id), isQuery]).toEqual([1, true, false]);
    expect(records?.get('bob')).toBeUndefined();
  });

  test('no name is special', () => {
    const records = JSON.parse(`{"__proto__":"${alice.id.toString()}","toString":"${bob.id.toString()}"}`) as object;
    const command = parseAs('ans', { ...QUERY, records });
    expect([...(command.records?.keys() ?? [])]).toEqual(['__proto__', 'toString']);
    expect(parseAs('ans', { ...QUERY, records: {} }).records?.get('constructor')).toBeUndefined();
    const own = AnsCommand.answer(['__proto__'], new Map([['__proto__', alice.id]]));
    expect(reread('ans', own).records?.get('__proto__')?.equals(alice.id)).toBe(true);
  });

  test('nothing is lost', async () => {
    checkNothingLost('ans', QUERY, ANSWER);
  });

  test('new ones make the round trip', () => {
    expect(reread('ans', AnsCommand.query(['a', 'b'], { sn: 9 }))).toMatchObject({ names: ['a', 'b'], sn: 9 });
    const answer = reread('ans', AnsCommand.answer(['a', 'b'], new Map([['b', bob.id]])));
    expect([answer.names, answer.records?.get('b')?.equals(bob.id)]).toEqual([['a', 'b'], true]);
    expect(AnsCommand.query([]).names).toEqual([]);
  });

  test.each<[object, string, string]>([
    [{ names: undefined }, 'INPUT_MISSING', 'names'],
    [{ names: 5 }, 'INPUT_TYPE', 'names'],
    [{ records: [] }, 'INPUT_TYPE', 'records'],
    [{ records: { alice: 'x' } }, 'UNSUPPORTED_ADDRESS', 'records.alice'],
    [{ records: { alice: null } }, 'INPUT_TYPE', 'records.alice'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(ANSWER, change)).toMatchObject({ code, path });
  });

  test('there are not more names than a context allows', async () => {
    const strict = createDim({ plugins: [stationPlugin], limits: { jsonValues: 10 } });
    expect(strict.Content.parse({ ...QUERY, names: 'a '.repeat(10) })).toMatchObject({ names: { length: 10 } });
    const refused = await errorOf(() => strict.Content.parse({ ...QUERY, names: 'a '.repeat(11) }));
    expect(refused).toMatchObject({ code: 'INPUT_LIMIT', path: 'names' });
  });

  test.each(['a b', ''])('nobody asks for the name "%s"', async (name) => {
    const refused = await errorOf(() => AnsCommand.query(['x', name]));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'names[1]' });
  });
});
