/**
 * Hire command: members become administrators or assistants.
 *
 * `{ "type": "137", "sn", "time", "command": "hire", "group": ID, "members"?: [ID], "administrators"?: [ID] }`
 * People are also read from `assistants` and `member`.
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import { GroupCommand, type CreateGroupCommandOptions } from './group-command.ts';
import { createStaffCommand, defineStaffCommand } from './staff-command.ts';

/** Makes members administrators or assistants of the group. */
export class HireCommand extends GroupCommand {
  readonly kind = 'hire';

  /**
   * Hires members.
   *
   * @example
   * ```ts
   * import { ANYONE, EVERYONE, HireCommand } from 'dimp';
   *
   * HireCommand.create(EVERYONE, [ANYONE]).members.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, or a member that is one
   */
  static create(group: ID, members: readonly ID[], options?: CreateGroupCommandOptions): HireCommand {
    return createStaffCommand(hireDefinition, group, members, options);
  }
}

/** Reads hire commands. */
export const hireDefinition: CommandDefinition<HireCommand> = /* @__PURE__ */ defineStaffCommand({
  command: 'hire',
  kind: 'hire',
  read: (init) => new HireCommand(init),
});
