/** All commands about groups: each has its own class, and what is true for one is true for all. */
import { describe, expect, test } from '@jest/globals';
import {
  AbdicateCommand,
  ExpelCommand,
  FireCommand,
  FoundCommand,
  GroupCommand,
  GroupQueryCommand,
  HireCommand,
  InviteCommand,
  JoinCommand,
  QuitCommand,
  ResetCommand,
  ResignCommand,
} from '../../src/index.ts';
import { alice, bob, carol, errorOf, group } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from '../commands/command-wire.ts';

const GROUP = group.id.toString();
const MEMBERS = [bob.id.toString(), carol.id.toString()];
const wireOf = (command: string): object => ({ type: '137', ...COMMON, command, group: GROUP });

const WITH_MEMBERS = [
  ['invite', InviteCommand],
  ['expel', ExpelCommand],
  ['reset', ResetCommand],
  ['hire', HireCommand],
  ['fire', FireCommand],
] as const;
const WITHOUT_MEMBERS = [
  ['join', JoinCommand],
  ['quit', QuitCommand],
  ['found', FoundCommand],
  ['abdicate', AbdicateCommand],
  ['resign', ResignCommand],
] as const;

describe.each(WITH_MEMBERS)('%s', (kind, kindOfCommand) => {
  const wire = { ...wireOf(kind), members: MEMBERS };

  test('every field is read', () => {
    const command = parseAs(kind, wire);
    expect(command).toBeInstanceOf(kindOfCommand);
    expect(command).toBeInstanceOf(GroupCommand);
    expect([command.group.equals(group.id), command.members.map(String)]).toEqual([true, MEMBERS]);
  });

  test('one member is read of its own field, and each entity counts once', () => {
    const single = { ...wire, members: undefined, member: MEMBERS[0] };
    expect(parseAs(kind, single).members.map(String)).toEqual(MEMBERS.slice(0, 1));
    const repeated = { ...wire, members: [...MEMBERS, `${MEMBERS[0] ?? ''}/phone`], member: MEMBERS[1] };
    expect(parseAs(kind, repeated).members.map(String)).toEqual(MEMBERS);
  });

  test('nothing is lost', async () => {
    checkNothingLost(kind, wire, { ...wire, members: undefined, member: MEMBERS[0] });
  });

  test('a new one makes the round trip', () => {
    const created = kindOfCommand.create(group.id, [bob.id, carol.id, bob.id.at('phone')], { sn: 9, time: 5 });
    expect(created.members.map(String)).toEqual(MEMBERS);
    const command = reread(kind, created);
    expect([command.type, command.sn, command.time, command.kind]).toEqual(['137', 9, 5, kind]);
    expect(command.fields).toMatchObject({ command: kind, group: GROUP, members: MEMBERS });
  });

  test.each<[object, string, string]>([
    [{ group: undefined }, 'INPUT_MISSING', 'group'],
    [{ group: MEMBERS[0] }, 'INPUT_CONFLICT', 'group'],
    [{ time: undefined }, 'INPUT_MISSING', 'time'],
    [{ members: MEMBERS[0] }, 'INPUT_TYPE', 'members'],
    [{ members: [MEMBERS[0], 'x'] }, 'UNSUPPORTED_ADDRESS', 'members[1]'],
    [{ members: [GROUP] }, 'INPUT_CONFLICT', 'members[0]'],
    [{ member: true }, 'INPUT_TYPE', 'member'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(wire, change)).toMatchObject({ code, path });
  });

  test('nobody makes one for a user, or with a group as a member', async () => {
    const ofUser = await errorOf(() => kindOfCommand.create(alice.id, [bob.id]));
    expect(ofUser).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'group' });
    const ofGroup = await errorOf(() => kindOfCommand.create(group.id, [bob.id, group.id]));
    expect(ofGroup).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'members[1]' });
  });
});

describe.each(WITHOUT_MEMBERS)('%s', (kind, kindOfCommand) => {
  test('every field is read', () => {
    const command = parseAs(kind, wireOf(kind));
    expect(command).toBeInstanceOf(kindOfCommand);
    expect([command.group.equals(group.id), command.members]).toEqual([true, []]);
  });

  test('nothing is lost', async () => {
    checkNothingLost(kind, wireOf(kind));
  });

  test('a new one makes the round trip', () => {
    const command = reread(kind, kindOfCommand.create(group.id, { sn: 9, time: 5 }));
    expect([command.type, command.sn, command.time, command.members]).toEqual(['137', 9, 5, []]);
    expect(command.fields).toEqual({ type: '137', sn: 9, time: 5, group: GROUP, command: kind });
  });

  test.each<[object, string, string]>([
    [{ group: undefined }, 'INPUT_MISSING', 'group'],
    [{ group: MEMBERS[0] }, 'INPUT_CONFLICT', 'group'],
    [{ time: undefined }, 'INPUT_MISSING', 'time'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(wireOf(kind), change)).toMatchObject({ code, path });
  });

  test('nobody makes one for a user', async () => {
    expect((await errorOf(() => kindOfCommand.create(alice.id))).code).toBe('USAGE_ARGUMENT');
  });
});

describe.each(WITH_MEMBERS.slice(0, 3))('%s says nothing without members', (kind, kindOfCommand) => {
  test.each([{}, { members: [] }])('%j is refused', async (change) => {
    expect(await refusalOf(wireOf(kind), change)).toMatchObject({ code: 'INPUT_MISSING', path: 'members' });
  });

  test('and is not made', async () => {
    const refused = await errorOf(() => kindOfCommand.create(group.id, []));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'members' });
  });
});

describe.each(WITH_MEMBERS.slice(3))('%s names people by their office', (kind, kindOfCommand) => {
  const [one, two] = MEMBERS;

  test('in `administrators` and `assistants`, as deployed clients write', () => {
    const command = parseAs(kind, { ...wireOf(kind), administrators: [one], assistants: [two] });
    expect(command.members.map(String)).toEqual(MEMBERS);
    const all = parseAs(kind, { ...wireOf(kind), members: [two], member: two, administrators: MEMBERS });
    expect(all.members.map(String)).toEqual([two, one]);
  });

  test('a new one is understood by them', () => {
    const { fields } = kindOfCommand.create(group.id, [bob.id, carol.id]);
    expect([fields['members'], fields['administrators']]).toEqual([MEMBERS, MEMBERS]);
    expect(kindOfCommand.create(group.id, []).fields).not.toHaveProperty('administrators');
  });

  test.each<[object, string, string]>([
    [{ administrators: one }, 'INPUT_TYPE', 'administrators'],
    [{ administrators: [one, 'x'] }, 'UNSUPPORTED_ADDRESS', 'administrators[1]'],
    [{ assistants: [GROUP] }, 'INPUT_CONFLICT', 'assistants[0]'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(wireOf(kind), change)).toMatchObject({ code, path });
  });
});

describe('group-query', () => {
  const wire = { ...wireOf('query'), last_time: 1699999999.25 };

  test.each(['136', '137', 136, 137])('is read with type %j', (type) => {
    const command = parseAs('group-query', { ...wire, type });
    expect(command).toMatchObject({ type: String(type), command: 'query', lastTime: 1699999999.25, members: [] });
    expect(command.group.equals(group.id)).toBe(true);
  });

  test('of type 136 it may have no time, and of both no last time', () => {
    const old = { ...wire, type: 136, time: undefined, last_time: undefined };
    expect(parseAs('group-query', old)).toMatchObject({ time: undefined, lastTime: undefined });
  });

  test('nothing is lost', async () => {
    checkNothingLost('group-query', wire, { ...wire, type: 136 });
  });

  test('a new one makes the round trip', () => {
    const created = GroupQueryCommand.create(group.id, { lastTime: 5, sn: 9 });
    expect(reread('group-query', created)).toMatchObject({ type: '137', lastTime: 5, sn: 9 });
    expect(GroupQueryCommand.create(group.id).lastTime).toBeUndefined();
  });

  test.each<[object, string, string]>([
    [{ group: undefined }, 'INPUT_MISSING', 'group'],
    [{ last_time: 'x' }, 'INPUT_FORMAT', 'last_time'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(wire, change)).toMatchObject({ code, path });
  });

  test('nobody asks for what is newer than no time', async () => {
    const refused = await errorOf(() => GroupQueryCommand.create(group.id, { lastTime: Number.NaN }));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'last_time' });
  });
});
