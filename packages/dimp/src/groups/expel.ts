/**
 * Expel command: members must leave. Deprecated: reset tells the whole list.
 *
 * `{ "type": "137", "sn", "time", "command": "expel", "group": ID, "members": [ID] }`
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

/** Removes members. Deprecated: a reset tells the whole list, so that nobody misses a step. */
export class ExpelCommand extends GroupCommand {
  readonly kind = 'expel';

  /**
   * Expels members.
   *
   * @example
   * ```ts
   * import { ANYONE, EVERYONE, ExpelCommand } from 'dimp';
   *
   * ExpelCommand.create(EVERYONE, [ANYONE]).members.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, a member that is one, or no member at all
   */
  static create(group: ID, members: readonly ID[], options?: CreateGroupCommandOptions): ExpelCommand {
    return createGroupCommand(expelDefinition, group, members, options);
  }
}

/** Reads expel commands. */
export const expelDefinition: CommandDefinition<ExpelCommand> = /* @__PURE__ */ defineMembersCommand({
  command: 'expel',
  kind: 'expel',
  read: (init) => new ExpelCommand(init),
});
