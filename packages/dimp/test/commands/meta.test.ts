import { describe, expect, test } from '@jest/globals';
import { MetaCommand } from '../../src/index.ts';
import { alice, bob, errorOf, group } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const DID = bob.id.toString();
const QUERY = { type: '136', ...COMMON, command: 'meta', did: DID };
const ANSWER = { ...QUERY, meta: bob.meta.toMap() };

describe('MetaCommand', () => {
  test('a query is read', () => {
    const command = parseAs('meta', QUERY);
    expect([command.did.toString(), command.meta, command.isQuery]).toEqual([DID, undefined, true]);
  });

  test('an answer is read', async () => {
    const command = parseAs('meta', ANSWER);
    expect([command.isQuery, command.meta?.seed]).toEqual([false, 'bob']);
    expect(await command.meta?.verify()).toBe(true);
  });

  test('the ID and the name are read by their older names, and by both', () => {
    const older = { ...QUERY, type: 136, did: undefined, ID: DID, command: undefined, cmd: 'meta' };
    expect(parseAs('meta', older).did.equals(bob.id)).toBe(true);
    expect(parseAs('meta', { ...QUERY, ID: DID, cmd: 'meta' }).did.equals(bob.id)).toBe(true);
  });

  test('nothing is lost', async () => {
    checkNothingLost('meta', QUERY, ANSWER);
  });

  test('new ones make the round trip', () => {
    expect(reread('meta', MetaCommand.query(bob.id)).isQuery).toBe(true);
    const answer = reread('meta', MetaCommand.answer(group.id, group.meta, { sn: 9, time: 5 }));
    expect([answer.did.equals(group.id), answer.meta?.matches(group.id)]).toEqual([true, true]);
    expect([answer.type, answer.sn, answer.time]).toEqual(['136', 9, 5]);
    expect(MetaCommand.answer(bob.id, bob.meta).toMap()).toMatchObject({ command: 'meta', did: DID });
  });

  test.each([
    [{ did: undefined }, 'INPUT_MISSING', 'did'],
    [{ did: 'x' }, 'UNSUPPORTED_ADDRESS', 'did'],
    [{ did: 5 }, 'INPUT_TYPE', 'did'],
    [{ ID: alice.id.toString() }, 'INPUT_CONFLICT', 'ID'],
    [{ meta: 'x' }, 'INPUT_TYPE', 'meta'],
    [{ meta: true }, 'INPUT_TYPE', 'meta'],
    [{ meta: { type: '1' } }, 'INPUT_MISSING', 'meta.key'],
    [{ meta: alice.meta.toMap() }, 'INPUT_CONFLICT', 'meta'],
    [{ did: group.id.toString() }, 'INPUT_CONFLICT', 'meta'],
  ])('%# is refused', async (change, code, path) => {
    expect(await refusalOf(ANSWER, change)).toMatchObject({ code, path });
  });

  test('nobody answers with the meta of another', async () => {
    const refused = await errorOf(() => MetaCommand.answer(alice.id, bob.meta));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'meta' });
  });
});
