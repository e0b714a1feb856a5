/**
 * Group history: asks a group's assistant or member for the group's commands.
 *
 * `{ "type": "204", "sn", "time", "group": ID, "app": "chat.dim.group", "mod": "history", "act": "query", "last_time"? }`
 */
import { DimError, type CreateContentOptions, type ID } from 'dkd';
import { checkArguments, optionalTimeOf } from 'dkd/extend';
import {
  createCustomized,
  CustomizedContent,
  defineCustomized,
  ModuleContent,
  type CustomizedDefinition,
  type CustomizedInit,
} from '../contents/customized.ts';

/** The application that both contents about groups are for. */
export const GROUP_APP = 'chat.dim.group';
const MOD = 'history';

/** What the core read of a content about a group. */
export interface GroupModuleInit<A extends string = string> extends CustomizedInit {
  readonly act: A;
  readonly group: ID;
}

/** Asks for the commands of a group: who was invited, who left. */
export class GroupHistoryContent extends ModuleContent {
  readonly kind = 'group-history';
  declare readonly act: 'query';
  declare readonly group: ID;
  /** The time of the last command that the asker has, in seconds since 1970; undefined when all are wanted. */
  readonly lastTime: number | undefined;

  constructor(init: GroupModuleInit<'query'>) {
    super(init);
    this.lastTime = optionalTimeOf(init.fields, 'last_time');
  }

  /**
   * A new query.
   *
   * @example
   * ```ts
   * import { EVERYONE, GroupHistoryContent } from 'dimp';
   *
   * GroupHistoryContent.query(EVERYONE, { lastTime: 1700000000.5 }).lastTime; // 1700000000.5
   * ```
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, or a time that no reader would take
   */
  static query(group: ID, options: GroupHistoryQueryOptions = {}): GroupHistoryContent {
    return checkArguments(() => {
      const { lastTime, ...common } = options;
      const definition = { app: GROUP_APP, mod: MOD, read: readQuery };
      return createCustomized(definition, 'query', { last_time: lastTime }, { ...common, group });
    });
  }
}

/** Options of a new query for a group's commands. */
export interface GroupHistoryQueryOptions extends Omit<CreateContentOptions, 'group'> {
  /** The time of the last command that the asker has, in seconds since 1970. */
  readonly lastTime?: number;
}

/** Reads queries for a group's commands; of another action, a customized content. */
export const groupHistoryDefinition: CustomizedDefinition<GroupHistoryContent | CustomizedContent> =
  /* @__PURE__ */ defineCustomized<GroupHistoryContent | CustomizedContent>({
    app: GROUP_APP,
    mod: MOD,
    kind: 'group-history',
    read: (init) => (init.act === 'query' ? readQuery(init) : new CustomizedContent(init)),
  });

function readQuery(init: CustomizedInit): GroupHistoryContent {
  return new GroupHistoryContent({ ...readGroupModuleInit(init), act: 'query' });
}

/**
 * The parts of a content about a group.
 * @throws DimError `INPUT_MISSING` without a group
 */
export function readGroupModuleInit(init: CustomizedInit): GroupModuleInit {
  const { group } = init;
  if (group === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'group' });
  return { ...init, group };
}
