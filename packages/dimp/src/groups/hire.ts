/**
 * Hire command: members become administrators or assistants.
 *
 * `{ "type": "137", "sn", "time", "command": "hire", "group": ID, "members"?: [ID] }`
 * A single one is also read from `member`.
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import {
  defineGroupCommand,
  GroupCommand,
  newGroupCommandInit,
  type CreateGroupCommandOptions,
} from './group-command.ts';

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
    return new HireCommand(newGroupCommandInit('hire', group, members, options));
  }
}

/** Reads hire commands. */
export const hireDefinition: CommandDefinition<HireCommand> = /* @__PURE__ */ defineGroupCommand(
  'hire',
  (init) => new HireCommand(init),
);
