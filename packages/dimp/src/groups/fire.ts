/**
 * Fire command: administrators or assistants lose their office.
 *
 * `{ "type": "137", "sn", "time", "command": "fire", "group": ID, "members"?: [ID] }`
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
    return new FireCommand(newGroupCommandInit('fire', group, members, options));
  }
}

/** Reads fire commands. */
export const fireDefinition: CommandDefinition<FireCommand> = /* @__PURE__ */ defineGroupCommand(
  'fire',
  (init) => new FireCommand(init),
);
