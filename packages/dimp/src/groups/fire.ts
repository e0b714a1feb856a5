/**
 * Fire command: administrators or assistants lose their office.
 *
 * `{ "type": "137", "sn", "time", "command": "fire", "group": ID, "members"?: [ID], "administrators"?: [ID] }`
 * People are also read from `assistants` and `member`.
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import { GroupCommand, type CreateGroupCommandOptions } from './group-command.ts';
import { createStaffCommand, defineStaffCommand } from './staff-command.ts';

/** Takes their office from administrators or assistants. */
export class FireCommand extends GroupCommand {
  readonly kind = 'fire';

  /**
   * Fires administrators or assistants.
   *
   * @example
   * ```ts
   * import { ANYONE, EVERYONE, FireCommand } from 'dimp';
   *
   * FireCommand.create(EVERYONE, [ANYONE]).members.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, or a member that is one
   */
  static create(group: ID, members: readonly ID[], options?: CreateGroupCommandOptions): FireCommand {
    return createStaffCommand(fireDefinition, group, members, options);
  }
}

/** Reads fire commands. */
export const fireDefinition: CommandDefinition<FireCommand> = /* @__PURE__ */ defineStaffCommand({
  command: 'fire',
  kind: 'fire',
  read: (init) => new FireCommand(init),
});
