/**
 * Group command: what happens in a group.
 *
 * `{ "type": "137", "sn", "time", "command": "invite", "group": ID, "members"?: [ID], "member"?: ID }`
 */
import { DimError, fieldOf, optionalListOf, within, type ContentReaders, type ID, type JsonMap } from 'dkd';
import { Command, newCommandInit, type CommandInit, type CreateCommandOptions } from '../commands/command.ts';

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

/** What a class needs to make a new group command. */
export function newGroupCommandInit(
  command: string,
  group: ID,
  members: readonly ID[] = [],
  options: CreateCommandOptions & { readonly fields?: JsonMap } = {},
): GroupCommandInit {
  if (!group.isGroup) throw new DimError('USAGE_ARGUMENT', 'must be the ID of a group', { path: 'group' });
  const { fields = {}, ...rest } = options;
  const own = members.length === 0 ? fields : { members: members.map(String), ...fields };
  return { ...newCommandInit(command, own, { history: true, ...rest, group }), group, members };
}

/**
 * The parts of a group command, of what the core read of the command.
 * @throws DimError `INPUT_MISSING` without a group, `INPUT_…` when any member is no ID of a user
 */
export function readGroupCommandInit(init: CommandInit, readers: ContentReaders): GroupCommandInit {
  const { group, fields } = init;
  if (group === undefined) throw new DimError('INPUT_MISSING', 'is required in a group command', { path: 'group' });
  return { ...init, group, members: readMembers(fields, readers) };
}

function readMembers(fields: JsonMap, readers: ContentReaders): readonly ID[] {
  const list = optionalListOf(fields, 'members');
  const single = fieldOf(fields, 'member');
  const members = new Map<string, ID>();
  for (const [index, item] of (list ?? []).entries()) add(`members[${index}]`, item);
  if (single !== undefined) add('member', single);
  return Object.freeze([...members.values()]);

  function add(path: string, item: unknown): void {
    const member = within(path, () => readers.readId(item));
    if (member.isGroup) throw new DimError('INPUT_CONFLICT', 'must be the ID of a user', { path });
    // Each entity counts once.
    if (!members.has(member.entityKey)) members.set(member.entityKey, member);
  }
}
