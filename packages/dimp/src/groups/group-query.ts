/**
 * Group query: asks for the members of a group. Deprecated: group history (see group-history.ts) took its place.
 *
 * `{ "type": "137", "sn", "time", "command": "query", "group": ID, "last_time"?: seconds }` · earlier with type `136`
 */
import { type ID } from 'dkd';
import { checkArguments, optionalTimeOf } from 'dkd/extend';
import type { CommandDefinition } from '../commands/command.ts';
import {
  createGroupCommand,
  defineGroupCommand,
  GroupCommand,
  type CreateGroupCommandOptions,
} from './group-command.ts';

/** Options of a new group query. */
export interface CreateGroupQueryOptions extends CreateGroupCommandOptions {
  /** The time of the newest command about the group at hand, in seconds since 1970. */
  readonly lastTime?: number;
}

/** Asks for the members of a group. */
export class GroupQueryCommand extends GroupCommand {
  readonly kind = 'group-query';
  /** Only what is newer than this is wanted, in seconds since 1970. */
  readonly lastTime: number | undefined = optionalTimeOf(this.fields, 'last_time');

  /**
   * Asks for the members.
   *
   * @example
   * ```ts
   * import { EVERYONE, GroupQueryCommand } from 'dimp';
   *
   * GroupQueryCommand.create(EVERYONE, { lastTime: 1700000000 }).lastTime; // 1700000000
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, or a time that is none
   */
  static create(group: ID, options: CreateGroupQueryOptions = {}): GroupQueryCommand {
    return checkArguments(() => {
      const { lastTime, ...common } = options;
      return createGroupCommand(groupQueryDefinition, group, [], common, { last_time: lastTime });
    });
  }
}

/** Reads group queries. */
export const groupQueryDefinition: CommandDefinition<GroupQueryCommand> = /* @__PURE__ */ defineGroupCommand({
  command: 'query',
  kind: 'group-query',
  read: (init) => new GroupQueryCommand(init),
});
