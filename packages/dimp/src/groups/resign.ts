/**
 * Resign command: the sender, an administrator or assistant, gives up the office.
 *
 * `{ "type": "137", "sn", "time", "command": "resign", "group": ID }`
 */
import type { ID } from 'dkd';
import type { CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  defineGroupCommand,
  GroupCommand,
  type CreateGroupCommandOptions,
} from './group-command.ts';

/** An administrator or assistant gives up the office. */
export class ResignCommand extends GroupCommand {
  readonly kind = 'resign';

  /**
   * Gives up an office.
   *
   * @example
   * ```ts
   * import { EVERYONE, ResignCommand } from 'dimp';
   *
   * ResignCommand.create(EVERYONE).command; // resign
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group
   */
  static create(group: ID, options?: CreateGroupCommandOptions): ResignCommand {
    return createGroupCommand(resignDefinition, group, [], options);
  }
}

/** Reads resign commands. */
export const resignDefinition: CommandDefinition<ResignCommand> = /* @__PURE__ */ defineGroupCommand({
  command: 'resign',
  kind: 'resign',
  read: (init) => new ResignCommand(init),
});
