import { describe, expect, test } from '@jest/globals';
import { RegisterCommand, SuicideCommand } from '../../src/index.ts';
import { alice, bob } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

describe.each([
  ['register' as const, RegisterCommand],
  ['suicide' as const, SuicideCommand],
])('%s', (kind, kindOfCommand) => {
  const wire = { type: '137', ...COMMON, command: kind, did: bob.id.toString() };

  test('every field is read, the ID by either name', () => {
    const command = parseAs(kind, wire);
    expect(command).toBeInstanceOf(kindOfCommand);
    expect([command.time, command.did?.equals(bob.id), command.command]).toEqual([COMMON.time, true, kind]);
    expect(parseAs(kind, { ...wire, did: undefined, ID: bob.id.toString() }).did?.equals(bob.id)).toBe(true);
    expect(parseAs(kind, { ...wire, did: undefined }).did).toBeUndefined();
  });

  test('nothing is lost', async () => {
    checkNothingLost(kind, wire, { ...wire, did: undefined, reason: { text: 'tired' } });
  });

  test('a new one makes the round trip', () => {
    const command = reread(kind, kindOfCommand.create({ did: bob.id, time: 5, sn: 9 }));
    expect([command.type, command.time, command.sn, command.did?.equals(bob.id)]).toEqual(['137', 5, 9, true]);
    const plain = kindOfCommand.create();
    expect(plain.time).toBeGreaterThan(1.7e9);
    expect(plain.fields['time']).toBe(plain.time);
    expect(plain.did).toBeUndefined();
  });

  test.each([
    [{ time: undefined }, 'INPUT_MISSING', 'time'],
    [{ time: undefined, type: '136' }, 'INPUT_MISSING', 'time'],
    [{ did: 'x' }, 'UNSUPPORTED_ADDRESS', 'did'],
    [{ ID: alice.id.toString() }, 'INPUT_CONFLICT', 'ID'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(wire, change)).toMatchObject({ code, path });
  });
});
