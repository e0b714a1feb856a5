/** The rows of groups: what each has of history, and one row with the state that this gives. */
import type { Change, Dim, Document, ID, JsonMap } from 'dimp';
import type { ClientStore, Row, RowChange } from '../ports/client-store.ts';
import { documentOf, isBulletinRow } from './group-bulletin.ts';
import { wrongRow } from './group-state.ts';
import { HISTORY_TABLE, readEntry, type HistoryEntry } from './history-entry.ts';

/** The table of states; the key of a group is its entity key. */
export const GROUP_TABLE = 'groups';

/**
 * The partitions of the table: groups that one is a member of; others, which one was expelled from, or knows from
 * somewhere; and those of which too little is known to tell.
 */
export type GroupPartition = 'member' | 'other' | 'unknown';

/** What a store has of a group, as rows. */
export interface GroupRecord {
  readonly row: Row | undefined;
  readonly entries: ReadonlyMap<string, HistoryEntry>;
  /** Bulletins, by the keys of their rows; not verified. */
  readonly documents: ReadonlyMap<string, Document>;
}

const PAGE = 1000;

/** All rows of a partition, in order, or from the highest down. */
export async function allRows(
  store: ClientStore,
  table: string,
  partition: string,
  options: { readonly reverse?: boolean } = {},
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const after = last === undefined ? undefined : { order: last.order, key: last.key };
    const page = await store.rows(table, partition, { ...options, limit: PAGE, after });
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}

/** Reads what a store has of a group. @throws DimError `INTERNAL_STORE` */
export async function readRecord(dim: Dim, store: ClientStore, group: ID): Promise<GroupRecord> {
  const row = (await store.row(GROUP_TABLE, group.entityKey)) ?? undefined;
  const entries = new Map<string, HistoryEntry>();
  const documents = new Map<string, Document>();
  for (const item of await allRows(store, HISTORY_TABLE, group.entityKey)) {
    if (isBulletinRow(item)) documents.set(item.key, documentOf(dim, item));
    else entries.set(item.key, readEntry(dim, item));
  }
  return { row, entries, documents };
}

/** The group that a row is of. @throws DimError `INTERNAL_STORE` */
export function groupOf(dim: Pick<Dim, 'ID'>, { value }: Row): ID {
  try {
    return dim.ID.parse(value['group']);
  } catch (error) {
    throw wrongRow(GROUP_TABLE, error);
  }
}

/** A row for a group. */
export function groupRow(group: ID, partition: GroupPartition, order: number, value: JsonMap): Row {
  return {
    table: GROUP_TABLE,
    key: group.entityKey,
    partition,
    order,
    value: { ...value, group: group.entity.toString() },
  };
}

/** Removes all that is kept of a group, with what is known of its identity. */
export function dropGroup(group: ID): { readonly changes: readonly Change[]; readonly rows: readonly RowChange[] } {
  return {
    changes: [
      { do: 'set-members', group: group.entity, members: [] },
      { do: 'forget', id: group.entity },
    ],
    rows: [
      { do: 'delete-partition', table: HISTORY_TABLE, partition: group.entityKey },
      { do: 'delete-row', table: GROUP_TABLE, key: group.entityKey },
    ],
  };
}
