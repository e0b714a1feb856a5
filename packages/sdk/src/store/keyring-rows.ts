/**
 * Where sealed rings lie.
 *
 * Table `keyring`: a row for each local user, its key the entity key of the user:
 * `{ "id": "0x…", "sealed": { what the vault gave } }`.
 *
 * Table `keyring-turn`: one row, its key a number that grows with each change of any ring. Whoever changes rings says which
 * turn they were read in. Of two at once, one is told: so nobody puts a ring that is sealed by the vault of before beside
 * those of the new one, or undoes a change that was not seen yet.
 */
import { DimError, type ID, type JsonMap } from 'dimp';
import { mapOf, textOf } from 'dimp/extend';
import type { ClientStore, Row, RowChange } from '../ports/client-store.ts';

const KEYRING = 'keyring';
const TURN = 'keyring-turn';
const PARTITION = '';
const PAGE = 1000;

/** A ring as it lies in the store. */
export interface KeyringRow {
  /** The entity key of the user. */
  readonly key: string;
  /** The ID as it was written. */
  readonly id: string;
  readonly sealed: JsonMap;
}

/** @throws DimError `INTERNAL_STORE` for a row that was not written here */
export function readKeyringRow({ key, value }: Pick<Row, 'key' | 'value'>): KeyringRow {
  try {
    return { key, id: textOf(value, 'id'), sealed: mapOf(value, 'sealed') };
  } catch (cause) {
    throw new DimError('INTERNAL_STORE', 'the store has a row of keys that is none', { path: KEYRING, cause });
  }
}

/** The row of a user; undefined where there is none. */
export async function keyringRow(store: ClientStore, entityKey: string): Promise<Row | undefined> {
  return (await store.row(KEYRING, entityKey)) ?? undefined;
}

/** The rows of all local users, or the first ones. */
export async function keyringRows(store: ClientStore, limit = Infinity): Promise<readonly Row[]> {
  const all: Row[] = [];
  while (all.length < limit) {
    const size = Math.min(PAGE, limit - all.length);
    const page = await store.rows(KEYRING, PARTITION, { limit: size, after: all.at(-1) });
    all.push(...page);
    if (page.length < size) break;
  }
  return all;
}

/** Puts a sealed ring into its row. @param where as in {@link RowChange} */
export function putRing(id: ID | string, key: string, sealed: JsonMap, where?: 'present'): RowChange {
  const value = { id: id.toString(), sealed };
  return { do: 'put-row', row: { table: KEYRING, key, partition: PARTITION, order: 0, value }, where };
}

/** Removes the ring of a user. */
export function removeRing(entityKey: string): RowChange {
  return { do: 'delete-row', table: KEYRING, key: entityKey };
}

/** The turn that a change of rings is planned in; 0 before the first one. */
export async function currentTurn(store: ClientStore): Promise<number> {
  const [row] = await store.rows(TURN, PARTITION, { reverse: true, limit: 1 });
  return row?.order ?? 0;
}

/** Makes a commit fail with `STORE_CONFLICT` where rings have changed since `turn`. */
export function takeTurn(turn: number): readonly RowChange[] {
  const next = turnRow(turn + 1, 'absent');
  if (turn === 0) return [next];
  return [turnRow(turn, 'present'), { do: 'delete-row', table: TURN, key: String(turn) }, next];
}

function turnRow(turn: number, where: 'absent' | 'present'): RowChange {
  return {
    do: 'put-row',
    row: { table: TURN, key: String(turn), partition: PARTITION, order: turn, value: {} },
    where,
  };
}
