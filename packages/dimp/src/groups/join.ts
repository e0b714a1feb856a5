/**
 * Join command: the sender asks to become a member.
 *
 * `{ "type": "137", "sn", "time", "command": "join", "group": ID }`
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  defineGroupCommand,
  GroupCommand,
  type CreateGroupCommandOptions,
} from './group-command.ts';

/** The sender asks to become a member. */
export class JoinCommand extends GroupCommand {
  readonly kind = 'join';

  /**
   * Asks to become a member.
   *
   * @example
   * ```ts
   * import { EVERYONE, JoinCommand } from 'dimp';
   *
   * JoinCommand.create(EVERYONE).command; // join
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group
   */
  static create(group: ID, options?: CreateGroupCommandOptions): JoinCommand {
    return createGroupCommand(joinDefinition, group, [], options);
  }
}

/** Reads join commands. */
export const joinDefinition: CommandDefinition<JoinCommand> = /* @__PURE__ */ defineGroupCommand({
  command: 'join',
  kind: 'join',
  read: (init) => new JoinCommand(init),
});
