/** What becomes of a group by something new: planned, and kept by whoever commits the plan. */
import {
  stringifyJson,
  type Change,
  type Document,
  type ID,
  type JsonMap,
  type Missing,
  type VerifiedMeta,
} from 'dimp';
import { isJsonMap } from 'dimp/extend';
import type { Row, RowChange } from '../ports/client-store.ts';
import { foldHistory, type FoldedHistory, type Verdict } from './fold-history.ts';
import { bulletinRow, MAX_BULLETINS, type GroupBulletin } from './group-bulletin.ts';
import { MAX_WAITING_BYTES, MAX_WAITING_ENTRIES, type GroupContext } from './group-context.ts';
import {
  dropGroup,
  GROUP_TABLE,
  groupOf,
  groupRow,
  readRecord,
  type GroupPartition,
  type GroupRecord,
} from './group-rows.ts';
import { roleOf, writeState, type GroupState } from './group-state.ts';
import { digestOf, entryRow, HISTORY_TABLE, type HistoryEntry } from './history-entry.ts';
import { keptDocuments, knownMeta, ownershipOf, verifiedBulletins } from './known-group.ts';
import { permissionOf } from './permissions.ts';
import { retainHistory, type HistoryLimits } from './retain-history.ts';

/** Something new of a group. */
export interface GroupAdditions {
  readonly entries?: readonly HistoryEntry[] | undefined;
  /** A meta that is about to be pinned. */
  readonly meta?: VerifiedMeta | undefined;
  /** Documents that are about to be kept, or are older than what is kept. */
  readonly documents?: readonly Document[] | undefined;
  /** Whether the user does it here: then no limit of groups stands against it. */
  readonly isOwn?: boolean | undefined;
}

/** What becomes of a group. */
export interface GroupPlan {
  /** Undefined while its founder is not known. */
  readonly state: GroupState | undefined;
  /** False where there are as many groups as are kept: then nothing is kept of this one. */
  readonly hasRoom: boolean;
  /** Of each command that was not there before, what became of it; undefined while that cannot be told. */
  readonly news: ReadonlyMap<string, Verdict | undefined>;
  readonly changes: readonly Change[];
  readonly rows: readonly RowChange[];
  readonly wants: readonly Missing[];
  readonly learned: readonly ID[];
}

/** What all that is known of a group comes to. */
export interface ComputedGroup {
  readonly meta: VerifiedMeta | undefined;
  /** In order. */
  readonly bulletins: readonly GroupBulletin[];
  readonly missing: readonly Missing[];
  readonly folded: FoldedHistory | undefined;
  readonly entries: readonly HistoryEntry[];
}

/** What all that is known of a group comes to, with something new. */
export async function computeGroup(
  { dim, store }: GroupContext,
  group: ID,
  record: GroupRecord,
  additions: GroupAdditions = {},
): Promise<ComputedGroup> {
  const { entries = [], documents = [] } = additions;
  const all = [...new Map([...record.entries, ...entries.map((entry) => [entry.id, entry] as const)]).values()];
  const meta = additions.meta ?? (await knownMeta(dim, store, group));
  const unknown = { meta, bulletins: [], folded: undefined, entries: all };
  if (meta === undefined) return { ...unknown, missing: [missingMeta(group), missingBulletin(group)] };
  const offered = [...record.documents.values(), ...(await keptDocuments(dim, store, group)), ...documents];
  const bulletins = (await verifiedBulletins(dim, meta, offered)).slice(-MAX_BULLETINS);
  const newest = bulletins.at(-1);
  if (newest === undefined) return { ...unknown, missing: [missingBulletin(group)] };
  const ownership = await ownershipOf(dim, store, meta, newest);
  const { owner } = ownership;
  if (owner === undefined) return { ...unknown, bulletins, missing: ownership.missing };
  const folded = foldHistory({ group, owner, bulletins }, all);
  const isAsked = all.length > 0 && !folded.state.hasMembers;
  return { meta, bulletins, folded, entries: all, missing: isAsked ? [{ what: 'members', id: group.entity }] : [] };
}

function missingMeta(group: ID): Missing {
  return { what: 'meta', id: group.entity };
}

/** Whoever fetches the visas of a user fetches the bulletin of a group: both are its documents. */
function missingBulletin(group: ID): Missing {
  return { what: 'visa', id: group.entity };
}

/**
 * Plans what becomes of a group. To be called, and what it gives to be committed, in one `exclusive` of the store.
 * @throws DimError `INTERNAL_STORE`
 */
export async function planGroup(context: GroupContext, group: ID, additions: GroupAdditions): Promise<GroupPlan> {
  const { dim, store } = context;
  const record = await readRecord(dim, store, group);
  const news = (additions.entries ?? []).filter((entry) => isNews(record.entries.get(entry.id), entry));
  const computed = await computeGroup(context, group, record, { ...additions, entries: news });
  const limits = computed.folded === undefined ? waitingLimits(context) : context.limits;
  const kept = retainHistory(computed.entries, computed.folded, limits);
  // What was too much has no effect, here as after a restart.
  const folded = kept === computed.entries ? computed.folded : refold(group, computed, kept);
  const verdicts = news.map(
    ({ id }) => [id, record.entries.has(id) ? 'without-effect' : computed.folded?.verdicts.get(id)] as const,
  );
  const placed = await placeGroup(context, group, { record, computed, folded, isOwn: additions.isOwn === true });
  if (placed === undefined) return NO_ROOM;
  const state = folded?.state;
  return {
    state,
    hasRoom: true,
    news: new Map(verdicts),
    changes: [...placed.changes, ...(await membersChange(context, record, state))],
    rows: [...placed.rows, ...historyRows(record, computed, { kept, news })],
    wants: computed.missing,
    learned: placed.isChanged && state !== undefined ? [group.entity] : [],
  };
}

const NO_ROOM: GroupPlan = Object.freeze({
  state: undefined,
  hasRoom: false,
  news: new Map<string, Verdict>(),
  changes: [],
  rows: [],
  wants: [],
  learned: [],
});

function isNews(known: HistoryEntry | undefined, entry: HistoryEntry): boolean {
  return known === undefined || (known.message === undefined && entry.message !== undefined);
}

function waitingLimits({ limits }: GroupContext): HistoryLimits {
  return {
    entries: Math.min(limits.entries, MAX_WAITING_ENTRIES),
    bytes: Math.min(limits.bytes, MAX_WAITING_BYTES),
  };
}

function refold(
  group: ID,
  { folded, bulletins }: ComputedGroup,
  entries: readonly HistoryEntry[],
): FoldedHistory | undefined {
  return folded && foldHistory({ group, owner: folded.state.owner, bulletins }, entries);
}

/** Whom messages to the group are packed for. What the application says of a group without a history is left as it is. */
async function membersChange(
  { store }: GroupContext,
  { row }: GroupRecord,
  state: GroupState | undefined,
): Promise<readonly Change[]> {
  if (state === undefined) return [];
  const { group, hasMembers } = state;
  // By an older bulletin that came late, the one who said who the members are may not have been allowed to.
  if (!hasMembers && !hadMembers(row)) return [];
  const members = hasMembers ? state.members : [];
  const known = (await store.members(group)) ?? [];
  const isSame = known.length === members.length && members.every((member, index) => known[index]?.equals(member));
  return isSame ? [] : [{ do: 'set-members', group, members }];
}

function hadMembers(row: Row | undefined): boolean {
  const state = row?.value['state'];
  return isJsonMap(state) && state['hasMembers'] === true;
}

function historyRows(
  record: GroupRecord,
  { meta, bulletins }: ComputedGroup,
  { kept, news }: { readonly kept: readonly HistoryEntry[]; readonly news: readonly HistoryEntry[] },
): readonly RowChange[] {
  const keptIds = new Set(kept.map(({ id }) => id));
  const bulletinIds = new Set(bulletins.map(({ id }) => id));
  const gone = [
    ...[...record.entries.keys()].filter((id) => !keptIds.has(id)),
    // Without the meta nobody can tell which of them are the group's.
    ...[...record.documents.keys()].filter((id) => meta !== undefined && !bulletinIds.has(id)),
  ];
  return [
    ...gone.map((key): RowChange => ({ do: 'delete-row', table: HISTORY_TABLE, key })),
    ...news.filter(({ id }) => keptIds.has(id)).map((entry): RowChange => ({ do: 'put-row', row: entryRow(entry) })),
    ...bulletins
      .filter(({ id }) => !record.documents.has(id))
      .map((bulletin): RowChange => ({ do: 'put-row', row: bulletinRow(bulletin) })),
  ];
}

interface Placed {
  readonly changes: readonly Change[];
  readonly rows: readonly RowChange[];
  readonly isChanged: boolean;
}

const UNCHANGED: Placed = { changes: [], rows: [], isChanged: false };

/** @returns undefined where there is no room for one more group */
async function placeGroup(
  context: GroupContext,
  group: ID,
  {
    record,
    computed,
    folded,
    isOwn,
  }: {
    readonly record: GroupRecord;
    readonly computed: ComputedGroup;
    readonly folded: FoldedHistory | undefined;
    readonly isOwn: boolean;
  },
): Promise<Placed | undefined> {
  const value = rowValue(context, computed, folded);
  const partition = partitionOf(context, folded?.state);
  const { row } = record;
  const isThere = row?.partition === partition;
  if (isThere && row.value['revision'] === value['revision']) return UNCHANGED;
  const room = isThere ? UNCHANGED : await makeRoom(context, partition, isOwn);
  if (room === undefined) return undefined;
  // Of those whose founder nobody knows, the one that came first goes first, whatever more is said of it.
  const order = isThere && partition === 'unknown' ? row.order : context.clock.now();
  const put: RowChange = { do: 'put-row', row: groupRow(group, partition, order, value) };
  return { changes: room.changes, rows: [...room.rows, put], isChanged: true };
}

function partitionOf({ self }: GroupContext, state: GroupState | undefined): GroupPartition {
  if (state === undefined) return 'unknown';
  return permissionOf('write', roleOf(state, self)) === 'allowed' ? 'member' : 'other';
}

/** What the row of a group has: its state, by which bulletin, or whose meta it waits for. */
function rowValue(
  { dim }: GroupContext,
  { bulletins, missing }: ComputedGroup,
  folded: FoldedHistory | undefined,
): JsonMap {
  const newest = bulletins.at(-1);
  const value = {
    ...(newest !== undefined && { bulletin: newest.id }),
    ...(folded === undefined ? { awaits: missing.map(({ id }) => id.entityKey) } : { state: writeState(folded.state) }),
  };
  return { ...value, revision: digestOf(dim, [stringifyJson(value)]) };
}

async function makeRoom(
  { dim, store, limits }: GroupContext,
  partition: GroupPartition,
  isOwn: boolean,
): Promise<Placed | undefined> {
  const limit = { member: limits.groups, other: limits.others, unknown: limits.unknown }[partition];
  if ((await store.count(GROUP_TABLE, partition)) < limit) return UNCHANGED;
  if (partition === 'member') return isOwn ? UNCHANGED : undefined;
  const [oldest] = await store.rows(GROUP_TABLE, partition, { limit: 1 });
  return oldest === undefined ? UNCHANGED : { ...dropGroup(groupOf(dim, oldest)), isChanged: true };
}
