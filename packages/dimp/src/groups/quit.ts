/**
 * Quit command: the sender leaves.
 *
 * `{ "type": "137", "sn", "time", "command": "quit", "group": ID }`
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  defineGroupCommand,
  GroupCommand,
  type CreateGroupCommandOptions,
} from './group-command.ts';

/** The sender leaves the group. */
export class QuitCommand extends GroupCommand {
  readonly kind = 'quit';

  /**
   * Leaves a group.
   *
   * @example
   * ```ts
   * import { EVERYONE, QuitCommand } from 'dimp';
   *
   * QuitCommand.create(EVERYONE).command; // quit
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group
   */
  static create(group: ID, options?: CreateGroupCommandOptions): QuitCommand {
    return createGroupCommand(quitDefinition, group, [], options);
  }
}

/** Reads quit commands. */
export const quitDefinition: CommandDefinition<QuitCommand> = /* @__PURE__ */ defineGroupCommand({
  command: 'quit',
  kind: 'quit',
  read: (init) => new QuitCommand(init),
});
