/** The groups of a user: who is what in each, by what its members have signed and nothing else. */
import { DimError, type ID, type JsonMap, type Missing, type ReliableMessage, type VerifiedMeta } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { BoundedCache } from 'dimp/internal';
import type { Row, RowChange } from '../ports/client-store.ts';
import type { Reaction } from '../ports/handler.ts';
import type { GroupBulletin } from './group-bulletin.ts';
import type { GroupChange } from './group-changes.ts';
import { groupContext, type GroupContext, type GroupOptions } from './group-context.ts';
import { allRows, dropGroup, GROUP_TABLE, groupOf, readRecord } from './group-rows.ts';
import { readState, roleOf, type GroupState } from './group-state.ts';
import { messageOf, type HistoryEntry } from './history-entry.ts';
import { keptDocuments, newestBulletinOf } from './known-group.ts';
import { neededHistory } from './needed-history.ts';
import { permissionOf, type GroupAction, type Permission } from './permissions.ts';
import { computeGroup, planGroup, type GroupAdditions, type GroupPlan } from './plan-group.ts';

/** How many states are kept as objects: each message to a group asks for one. */
const STATES = 64;

/** What of a history is handed on to those who do not have it. */
export interface GroupHistory {
  readonly state: GroupState;
  readonly meta: VerifiedMeta;
  readonly bulletin: GroupBulletin;
  /** Older bulletins, where it matters who was an administrator then; in order. */
  readonly earlier: readonly GroupBulletin[];
  /** The `reset`, and what had an effect since; in order. Empty without a `reset`. */
  readonly messages: readonly ReliableMessage[];
}

/**
 * What a user knows of groups. It reads from the store, and writes nothing: {@link GroupBook.plan} says what to commit.
 *
 * @example
 * ```ts
 * import { systemClock, type ClientStore } from 'dimsdk';
 * import { GroupBook } from 'dimsdk/internal';
 * import type { Dim, ID } from 'dimp';
 *
 * async function namesOf(dim: Dim, store: ClientStore, self: ID): Promise<readonly string[]> {
 *   const book = new GroupBook({ dim, store, self, clock: systemClock });
 *   return (await book.groups()).map(({ name, group }) => name ?? group.toString());
 * }
 * ```
 */
export class GroupBook {
  readonly #context: GroupContext;
  readonly #states = new BoundedCache<string, { readonly revision: unknown; readonly state: GroupState }>(STATES);

  /** @throws DimError `USAGE_ARGUMENT` for a limit that would limit nothing, and a user who is none */
  constructor(options: GroupOptions) {
    this.#context = groupContext(options);
  }

  /**
   * Who is what in a group.
   * @returns undefined where its founder is not known: nobody can tell then
   * @throws DimError `INTERNAL_STORE`; errors of the store
   */
  async state(group: ID): Promise<GroupState | undefined> {
    const { dim, store } = this.#context;
    const row = await store.row(GROUP_TABLE, group.entityKey);
    const kept = row && this.#stateIn(row);
    if (row && kept && (await this.#isCurrent(group, row.value))) return kept;
    return (await computeGroup(this.#context, group, await readRecord(dim, store, group))).folded?.state;
  }

  /** The commands that are kept of a group, the oldest first; some may have had no effect, as their authors might not. */
  async entries(group: ID): Promise<readonly HistoryEntry[]> {
    const { entries } = await readRecord(this.#context.dim, this.#context.store, group);
    return [...entries.values()].sort((one, other) => one.time - other.time);
  }

  /** What happened in a group, the oldest first; nothing where its founder is not known. */
  async changes(group: ID): Promise<readonly GroupChange[]> {
    const { dim, store } = this.#context;
    return (await computeGroup(this.#context, group, await readRecord(dim, store, group))).folded?.changes ?? [];
  }

  /** The groups that the user is a member of, the one that changed last first. */
  async groups(): Promise<readonly GroupState[]> {
    const rows = await allRows(this.#context.store, GROUP_TABLE, 'member', { reverse: true });
    const states: GroupState[] = [];
    for (const row of rows) {
      const state = await this.state(groupOf(this.#context.dim, row));
      if (state !== undefined) states.push(state);
    }
    return states;
  }

  /** Whether somebody is a member of a group, and may write to it. */
  async isMember(group: ID, user: ID): Promise<boolean> {
    return (await this.permission(group, 'write', user)) === 'allowed';
  }

  /** What somebody may do in a group; undefined where its founder is not known. */
  async permission(group: ID, action: GroupAction, user: ID): Promise<Permission | undefined> {
    const state = await this.state(group);
    return state && permissionOf(action, roleOf(state, user));
  }

  /**
   * Plans what becomes of a group by something new. Call it, and commit what it gives, in one `exclusive` of the store.
   * @throws DimError `INTERNAL_STORE`; errors of the store
   */
  async plan(group: ID, additions: GroupAdditions): Promise<GroupPlan> {
    return planGroup(this.#context, group.entity, additions);
  }

  /**
   * What to do where identities have become known, however that was: for groups that waited for their founders. Call it, and
   * commit what it gives, in one `exclusive` of the store.
   * @param ids whose meta or documents are known better than before
   */
  async settle(ids: readonly ID[]): Promise<Reaction> {
    const { dim, store } = this.#context;
    const waiting = await allRows(store, GROUP_TABLE, 'unknown');
    const groups = new Map<string, ID>();
    for (const id of ids) {
      if (id.isGroup && (await store.row(GROUP_TABLE, id.entityKey))) groups.set(id.entityKey, id);
      for (const row of waiting.filter(({ value }) => isAwaiting(value, id))) groups.set(row.key, groupOf(dim, row));
    }
    const plans: GroupPlan[] = [];
    for (const group of groups.values()) plans.push(await this.plan(group, {}));
    return mergePlans(plans);
  }

  /**
   * {@link GroupBook.state} of a group that one needs the state of.
   * @throws DimError `MISSING_META` with what is to be fetched; `CRYPTO_VERIFY` where the founder it names did not found it
   */
  async require(group: ID): Promise<GroupState> {
    const state = await this.state(group);
    if (state !== undefined) return state;
    const { dim, store } = this.#context;
    const { missing } = await computeGroup(this.#context, group, await readRecord(dim, store, group));
    if (missing.length === 0)
      throw new DimError('CRYPTO_VERIFY', "the key of the group is not the founder's", { path: 'group' });
    throw new DimError('MISSING_META', `the founder of ${group.toString()} is not known`, { path: 'group', missing });
  }

  /**
   * What is to be handed on of a group; undefined where its founder is not known.
   * @param additions what is about to be kept
   */
  async history(group: ID, additions: GroupAdditions = {}): Promise<GroupHistory | undefined> {
    const { dim, store } = this.#context;
    const record = await readRecord(dim, store, group);
    const { meta, bulletins, folded, entries } = await computeGroup(this.#context, group, record, additions);
    const bulletin = bulletins.at(-1);
    if (meta === undefined || folded === undefined || bulletin === undefined) return undefined;
    const facts = { group: group.entity, owner: folded.state.owner, bulletins };
    const needed = neededHistory(facts, folded, entries);
    return {
      state: folded.state,
      meta,
      bulletin,
      earlier: needed.bulletins.slice(0, -1),
      messages: needed.entries.flatMap(({ message }) => (message ? [messageOf(dim, message)] : [])),
    };
  }

  /** What removes a group from this device, with all that is known of it. Others are told nothing: that is `quit`. */
  forget(group: ID): Reaction {
    return dropGroup(group);
  }

  #stateIn({ key, value }: Row): GroupState | undefined {
    const { state: fields, revision } = value;
    if (!isJsonMap(fields)) return undefined;
    const cached = this.#states.get(key);
    if (cached !== undefined && cached.revision === revision) return cached.state;
    const state = readState(this.#context.dim, fields);
    this.#states.set(key, { revision, state });
    return state;
  }

  /** A bulletin may have been kept by somebody who knows nothing of groups. */
  async #isCurrent(group: ID, { bulletin, state }: JsonMap): Promise<boolean> {
    const { dim, store } = this.#context;
    const newest = newestBulletinOf(dim, await keptDocuments(dim, store, group));
    if (newest === undefined || newest.id === bulletin) return true;
    const known = isJsonMap(state) ? Number(state['documentTime'] ?? 0) : 0;
    return newest.time < known;
  }
}

/** What several plans come to. */
export function mergePlans(plans: readonly Pick<GroupPlan, 'changes' | 'rows' | 'wants' | 'learned'>[]): {
  readonly changes: GroupPlan['changes'];
  readonly rows: readonly RowChange[];
  readonly wants: readonly Missing[];
  readonly learned: readonly ID[];
} {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    rows: plans.flatMap(({ rows }) => rows),
    wants: plans.flatMap(({ wants }) => wants),
    learned: plans.flatMap(({ learned }) => learned),
  };
}

function isAwaiting({ awaits }: JsonMap, id: ID): boolean {
  return Array.isArray(awaits) && awaits.includes(id.entityKey);
}
