/**
 * Reset command: these are the members, all of them.
 *
 * `{ "type": "137", "sn", "time", "command": "reset", "group": ID, "members": [ID] }`
 * A single one is also read from `member`.
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  defineMembersCommand,
  GroupCommand,
  type CreateGroupCommandOptions,
} from './group-command.ts';

/** Says who the members are, all of them. */
export class ResetCommand extends GroupCommand {
  readonly kind = 'reset';

  /**
   * Says who the members are.
   *
   * @example
   * ```ts
   * import { ANYONE, EVERYONE, ResetCommand } from 'dimp';
   *
   * ResetCommand.create(EVERYONE, [ANYONE]).members.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, a member that is one, or no member at all
   */
  static create(group: ID, members: readonly ID[], options?: CreateGroupCommandOptions): ResetCommand {
    return createGroupCommand(resetDefinition, group, members, options);
  }
}

/** Reads reset commands. */
export const resetDefinition: CommandDefinition<ResetCommand> = /* @__PURE__ */ defineMembersCommand({
  command: 'reset',
  kind: 'reset',
  read: (init) => new ResetCommand(init),
});
