/**
 * Group history: asks a group's assistant or member for the group's commands.
 *
 * `{ "type": "204", "sn", "time", "group": ID, "app": "chat.dim.group", "mod": "history", "act": "query", "last_time"? }`
 */
import { DimError, optionalTimeOf, type CreateContentOptions, type ID } from 'dkd';
import {
  CustomizedContent,
  defineCustomized,
  ModuleContent,
  newCustomizedInit,
  type CustomizedDefinition,
  type CustomizedInit,
  type ModuleAction,
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
   * @throws DimError `USAGE_ARGUMENT` for the ID of no group, `INPUT_…` for a time that no reader would take
   */
  static query(group: ID, options: GroupHistoryQueryOptions = {}): GroupHistoryContent {
    const { lastTime, ...common } = options;
    const fields = lastTime === undefined ? {} : { last_time: lastTime };
    return new GroupHistoryContent(
      newGroupModuleInit({ app: GROUP_APP, mod: MOD, act: 'query' }, group, { ...common, fields }),
    );
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
    read(init) {
      const { act } = init;
      return act === 'query'
        ? new GroupHistoryContent({ ...readGroupModuleInit(init), act })
        : new CustomizedContent(init);
    },
  });

/** What a class needs to make a new content about a group. */
export function newGroupModuleInit<A extends string>(
  action: ModuleAction & { readonly act: A },
  group: ID,
  options: Parameters<typeof newCustomizedInit>[1],
): GroupModuleInit<A> {
  if (!group.isGroup) throw new DimError('USAGE_ARGUMENT', 'must be the ID of a group', { path: 'group' });
  return { ...newCustomizedInit(action, { ...options, group }), act: action.act, group };
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
