/**
 * Group command: what happens in a group.
 *
 * `{ "type": "137", "sn", "time", "command": "invite", "group": ID, "members"?: [ID], "member"?: ID }`
 */
import { DimError } from 'dkd';
import { checkArguments, optionalFieldOf, optionalListOf, within } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, ID, JsonMap } from 'dkd';
import type { NewFields } from 'dkd/extend';
import { Command, createCommand, defineCommand } from '../commands/command.ts';
import type { CommandDefinition, CommandInit } from '../commands/command.ts';

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

/** Options of a new group command. */
export type CreateGroupCommandOptions = Omit<CreateContentOptions, 'group'>;

/**
 * A new group command.
 *
 * @param definition how commands of its name are read
 * @param members whom it is about; each entity is written once
 * @param own the fields of its kind beside the members: see `createContent`
 * @throws DimError `USAGE_ARGUMENT` with the path of what no reader would take: the ID of no group, a member that is one
 */
export function createGroupCommand<C extends GroupCommand>(
  definition: Pick<CommandDefinition<C>, 'command' | 'read'>,
  group: ID,
  members: readonly ID[] = [],
  options: CreateGroupCommandOptions = {},
  own: NewFields = {},
): C {
  return checkArguments(() => {
    const named = within('members', () => withoutRepetition(members));
    const fields = named.length === 0 ? own : { members: named, ...own };
    return createCommand(definition, fields, { ...options, group, history: true });
  });
}

/** What makes a definition of a group command: its name, its `kind`, and what reads it. */
export interface GroupCommandParts<C extends GroupCommand> extends Pick<CommandDefinition<C>, 'command' | 'kind'> {
  read(init: GroupCommandInit): C;
}

/** Defines a command about a group. */
export function defineGroupCommand<C extends GroupCommand>(parts: GroupCommandParts<C>): CommandDefinition<C> {
  const { command, kind } = parts;
  return defineCommand({ command, kind, read: (init, readers) => parts.read(readGroupCommandInit(init, readers)) });
}

/** {@link defineGroupCommand} for a command that says nothing without members: one that names none is an error. */
export function defineMembersCommand<C extends GroupCommand>(parts: GroupCommandParts<C>): CommandDefinition<C> {
  const { command, kind } = parts;
  return defineGroupCommand({
    command,
    kind,
    read(init) {
      if (init.members.length === 0) throw new DimError('INPUT_MISSING', 'names nobody', { path: 'members' });
      return parts.read(init);
    },
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
  const single = optionalFieldOf(fields, 'member');
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
export function withoutRepetition(members: readonly ID[]): readonly ID[] {
  const seen = new Map<string, ID>();
  for (const member of members) if (!seen.has(member.entityKey)) seen.set(member.entityKey, member);
  return Object.freeze([...seen.values()]);
}
