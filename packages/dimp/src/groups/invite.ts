/**
 * Invite command: users are asked to become members, or a member adds them.
 *
 * `{ "type": "137", "sn", "time", "command": "invite", "group": ID, "members": [ID] }`
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

/** Adds users to a group, or asks them in. */
export class InviteCommand extends GroupCommand {
  readonly kind = 'invite';

  /**
   * Invites users.
   *
   * @example
   * ```ts
   * import { ANYONE, EVERYONE, InviteCommand } from 'dimp';
   *
   * InviteCommand.create(EVERYONE, [ANYONE]).members.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, a member that is one, or no member at all
   */
  static create(group: ID, members: readonly ID[], options?: CreateGroupCommandOptions): InviteCommand {
    return createGroupCommand(inviteDefinition, group, members, options);
  }
}

/** Reads invite commands. */
export const inviteDefinition: CommandDefinition<InviteCommand> = /* @__PURE__ */ defineMembersCommand({
  command: 'invite',
  kind: 'invite',
  read: (init) => new InviteCommand(init),
});
