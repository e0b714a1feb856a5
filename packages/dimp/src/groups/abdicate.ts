/**
 * Abdicate command: the owner gives up the group.
 *
 * `{ "type": "137", "sn", "time", "command": "abdicate", "group": ID }`
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  defineGroupCommand,
  GroupCommand,
  type CreateGroupCommandOptions,
} from './group-command.ts';

/** The owner gives up the group. */
export class AbdicateCommand extends GroupCommand {
  readonly kind = 'abdicate';

  /**
   * Gives up a group.
   *
   * @example
   * ```ts
   * import { AbdicateCommand, EVERYONE } from 'dimp';
   *
   * AbdicateCommand.create(EVERYONE).command; // abdicate
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group
   */
  static create(group: ID, options?: CreateGroupCommandOptions): AbdicateCommand {
    return createGroupCommand(abdicateDefinition, group, [], options);
  }
}

/** Reads abdicate commands. */
export const abdicateDefinition: CommandDefinition<AbdicateCommand> = /* @__PURE__ */ defineGroupCommand({
  command: 'abdicate',
  kind: 'abdicate',
  read: (init) => new AbdicateCommand(init),
});
