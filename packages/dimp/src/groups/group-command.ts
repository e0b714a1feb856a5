/**
 * Group command: what happens in a group.
 *
 * `{ "type": "137", "sn", "time", "command": "invite", "group": ID, "members"?: [ID], "member"?: ID }`
 */
import { DimError, fieldOf, optionalListOf, within } from 'dkd';
import type { ContentReaders, CreateContentOptions, ID, JsonMap } from 'dkd';
import { Command, defineCommand, newCommandInit } from '../commands/command.ts';
import type { CommandDefinition, CommandInit, CreateCommandOptions } from '../commands/command.ts';

/** What the core read of a group command map. */
export interface GroupCommandInit extends CommandInit {
  readonly group: ID;
  /** The members that it is about; each entity once. */
  readonly members: readonly ID[];
}

/** A command about a group. */
export abstract class GroupCommand extends Command {
  declare readonly group: ID;
  /** The members that it is about, from `members` or `member`; empty when it names none. */
  readonly members: readonly ID[];

  constructor(init: GroupCommandInit) {
    super(init);
    this.members = init.members;
  }
}

/** A group command that no plugin defines. Nothing of it is lost, and nothing but the group is read. */
export class UnknownGroupCommand extends Command {
  readonly kind = 'group-command';
  declare readonly group: ID;
}

/** Options of a new group command. */
export type CreateGroupCommandOptions = Omit<CreateContentOptions, 'group'>;

/**
 * What a class needs to make a new group command.
 * @throws DimError `USAGE_ARGUMENT` for the ID of no group, or a member that is one
 */
export function newGroupCommandInit(
  command: string,
  group: ID,
  members: readonly ID[] = [],
  options: CreateCommandOptions & { readonly fields?: JsonMap } = {},
): GroupCommandInit {
  if (!group.isGroup) throw new DimError('USAGE_ARGUMENT', 'must be the ID of a group', { path: 'group' });
  const wrong = members.findIndex((member) => member.isGroup);
  if (wrong !== -1) throw new DimError('USAGE_ARGUMENT', 'must be the ID of a user', { path: `members[${wrong}]` });
  const { fields = {}, ...rest } = options;
  const unique = withoutRepetition(members);
  const own = unique.length === 0 ? fields : { members: Object.freeze(unique.map(String)), ...fields };
  return { ...newCommandInit(command, own, { history: true, ...rest, group }), group, members: unique };
}

/**
 * {@link newGroupCommandInit} for a command that says nothing without members.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function newMembersCommandInit(
  command: string,
  group: ID,
  members: readonly ID[],
  options?: CreateGroupCommandOptions,
): GroupCommandInit {
  if (members.length === 0) throw new DimError('USAGE_ARGUMENT', 'must not be empty', { path: 'members' });
  return newGroupCommandInit(command, group, members, options);
}

/** Defines a command about a group. */
export function defineGroupCommand<C extends GroupCommand>(
  command: string,
  read: (init: GroupCommandInit) => C,
): CommandDefinition<C> {
  return defineCommand({ command, read: (init, readers) => read(readGroupCommandInit(init, readers)) });
}

/** {@link defineGroupCommand} for a command that says nothing without members: one that names none is an error. */
export function defineMembersCommand<C extends GroupCommand>(
  command: string,
  read: (init: GroupCommandInit) => C,
): CommandDefinition<C> {
  return defineGroupCommand(command, (init) => {
    if (init.members.length === 0) throw new DimError('INPUT_MISSING', 'names nobody', { path: 'members' });
    return read(init);
  });
}

/**
 * The parts of a group command, of what the core read of the command.
 * @param lists where the members are, beside `member`
 * @throws DimError `INPUT_MISSING` without a group, `INPUT_…` when any member is no ID of a user
 */
export function readGroupCommandInit(
  init: CommandInit,
  readers: ContentReaders,
  lists: readonly string[] = ['members'],
): GroupCommandInit {
  const { group, fields } = init;
  if (group === undefined) throw new DimError('INPUT_MISSING', 'is required in a group command', { path: 'group' });
  return { ...init, group, members: readMembers(fields, readers, lists) };
}

function readMembers(fields: JsonMap, readers: ContentReaders, lists: readonly string[]): readonly ID[] {
  const single = fieldOf(fields, 'member');
  const members: ID[] = [];
  for (const name of lists) {
    for (const [index, item] of (optionalListOf(fields, name) ?? []).entries()) add(`${name}[${index}]`, item);
  }
  if (single !== undefined) add('member', single);
  return withoutRepetition(members);

  function add(path: string, item: unknown): void {
    const member = within(path, () => readers.readId(item));
    if (member.isGroup) throw new DimError('INPUT_CONFLICT', 'must be the ID of a user', { path });
    members.push(member);
  }
}

/** Each entity counts once, at whatever terminals. */
function withoutRepetition(members: readonly ID[]): readonly ID[] {
  const seen = new Map<string, ID>();
  for (const member of members) if (!seen.has(member.entityKey)) seen.set(member.entityKey, member);
  return Object.freeze([...seen.values()]);
}
