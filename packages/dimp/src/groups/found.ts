/**
 * Found command: the sender founds the group.
 *
 * `{ "type": "137", "sn", "time", "command": "found", "group": ID }`
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  defineGroupCommand,
  GroupCommand,
  type CreateGroupCommandOptions,
} from './group-command.ts';

/** The sender founds the group. */
export class FoundCommand extends GroupCommand {
  readonly kind = 'found';

  /**
   * Founds a group.
   *
   * @example
   * ```ts
   * import { EVERYONE, FoundCommand } from 'dimp';
   *
   * FoundCommand.create(EVERYONE).command; // found
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group
   */
  static create(group: ID, options?: CreateGroupCommandOptions): FoundCommand {
    return createGroupCommand(foundDefinition, group, [], options);
  }
}

/** Reads found commands. */
export const foundDefinition: CommandDefinition<FoundCommand> = /* @__PURE__ */ defineGroupCommand({
  command: 'found',
  kind: 'found',
  read: (init) => new FoundCommand(init),
});
