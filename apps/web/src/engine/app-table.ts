/** Tables of this application in the store: they are exported and deleted with everything else in it. */
import type { JsonMap } from 'dimp';
import type { ClientStore, Row, RowChange } from 'dimsdk';

/** The tables, and what a row of each is. */
export type AppTable =
  /** What was chosen. One row. */
  | 'app-setting'
  /** What is written and not sent: one for a conversation. */
  | 'app-draft'
  /** Whom this person has written to, or asked to be let in: they are no strangers. */
  | 'app-written'
  /** Whose code was compared, with a digest of the key that it was of. */
  | 'app-verified'
  /** Who showed another key, until the person has looked at it. */
  | 'app-alarm'
  /** What a page asked for once, so that it is not done twice. */
  | 'app-token'
  /** Groups to be asked for entry, as soon as it is known whom to ask. */
  | 'app-join'
  /** Groups that were asked for entry and have not let this person in. */
  | 'app-asked';

const PARTITION = '';
const PAGE = 1000;

/** A row to be put. */
export function putRow(table: AppTable, key: string, value: JsonMap, order = 0): RowChange {
  return { do: 'put-row', row: { table, key, partition: PARTITION, order, value } };
}

/** A row to be removed. */
export function deleteRow(table: AppTable, key: string): RowChange {
  return { do: 'delete-row', table, key };
}

/** One row; undefined where there is none. */
export async function rowOf(store: ClientStore, table: AppTable, key: string): Promise<JsonMap | undefined> {
  return (await store.row(table, key))?.value;
}

/** All rows, by their order. */
export async function allRows(store: ClientStore, table: AppTable): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (;;) {
    const page = await store.rows(table, PARTITION, { limit: PAGE, after: all.at(-1) });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

/** Keeps changes of rows; nobody else plans by what they are. */
export async function keep(store: ClientStore, ...rows: readonly RowChange[]): Promise<void> {
  await store.commit([], rows);
}

/** A text of a row, where it is one: what is in a database may be of another version. */
export function textIn(value: JsonMap | undefined, name: string): string | undefined {
  const text = value?.[name];
  return typeof text === 'string' ? text : undefined;
}
