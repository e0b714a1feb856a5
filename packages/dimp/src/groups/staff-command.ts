/**
 * Staff commands: members get an office in the group, or lose it.
 *
 * `{ "type": "137", "sn", "time", "command": "hire"|"fire", "group": ID, "members"?: [ID], "administrators"?: [ID] }`
 * People are also read from `assistants` and `member`. Deployed clients look for `administrators` and `assistants` only.
 */
import { type ID } from 'dkd';
import { checkArguments, within } from 'dkd/extend';
import { defineCommand, type CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  readGroupCommandInit,
  withoutRepetition,
  type CreateGroupCommandOptions,
  type GroupCommand,
  type GroupCommandParts,
} from './group-command.ts';

const LISTS: readonly string[] = ['members', 'administrators', 'assistants'];

/**
 * A new staff command.
 * @throws DimError `USAGE_ARGUMENT` for the ID of no group, or a member that is one
 */
export function createStaffCommand<C extends GroupCommand>(
  definition: CommandDefinition<C>,
  group: ID,
  members: readonly ID[],
  options?: CreateGroupCommandOptions,
): C {
  return checkArguments(() => {
    const named = within('members', () => withoutRepetition(members));
    return createGroupCommand(definition, group, named, options, named.length === 0 ? {} : { administrators: named });
  });
}

/** Defines a staff command. */
export function defineStaffCommand<C extends GroupCommand>(parts: GroupCommandParts<C>): CommandDefinition<C> {
  const { command, kind } = parts;
  return defineCommand({
    command,
    kind,
    read: (init, readers) => parts.read(readGroupCommandInit(init, readers, LISTS)),
  });
}
