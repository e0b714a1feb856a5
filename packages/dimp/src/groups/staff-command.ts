/**
 * Staff commands: members get an office in the group, or lose it.
 *
 * `{ "type": "137", "sn", "time", "command": "hire"|"fire", "group": ID, "members"?: [ID], "administrators"?: [ID] }`
 * People are also read from `assistants` and `member`. Deployed clients look for `administrators` and `assistants` only.
 */
import type { ID } from 'dkd';
import { defineCommand, type CommandDefinition } from '../commands/command.ts';
import {
  newGroupCommandInit,
  readGroupCommandInit,
  type CreateGroupCommandOptions,
  type GroupCommand,
  type GroupCommandInit,
} from './group-command.ts';

const LISTS: readonly string[] = ['members', 'administrators', 'assistants'];

/**
 * What a class needs to make a new staff command.
 * @throws DimError `USAGE_ARGUMENT` for the ID of no group, or a member that is one
 */
export function newStaffCommandInit(
  command: string,
  group: ID,
  members: readonly ID[],
  options?: CreateGroupCommandOptions,
): GroupCommandInit {
  const { members: named } = newGroupCommandInit(command, group, members);
  const fields = named.length === 0 ? {} : { administrators: Object.freeze(named.map(String)) };
  return newGroupCommandInit(command, group, named, { ...options, fields });
}

/** Defines a staff command. */
export function defineStaffCommand<C extends GroupCommand>(
  command: string,
  read: (init: GroupCommandInit) => C,
): CommandDefinition<C> {
  return defineCommand({ command, read: (init, readers) => read(readGroupCommandInit(init, readers, LISTS)) });
}
