/** What all rules about stores for clients are checked with: rows, and stores that were told of them. */
import { isDimError, type Awaitable, type Dim, type DimError } from 'dimp';
import type { ClientStore, Row, RowChange, RowRange } from 'dimsdk';
import type { Contract } from '../report/contract.ts';
import { errorForm } from '../report/short-form.ts';
import { verdict, type Verdict } from '../report/verdict.ts';
import type { People } from '../store/store-trial.ts';

/** How to get a store to be checked. */
export interface ClientStoreSamples {
  /** A context with the plugins that the store is used with. */
  readonly dim: Dim;
  /** A new, empty store. */
  open(): Awaitable<ClientStore>;
  /**
   * The same store after a restart: what was committed must be there. It may close what it is given. Left out for a store
   * that forgets by design.
   */
  reopen?(store: ClientStore): Awaitable<ClientStore>;
  /**
   * A second handle of the same data, while the first one is in use: what another tab or process has. Left out where there
   * can be none.
   */
  openAgain?(store: ClientStore): Awaitable<ClientStore>;
}

/** One run of the contract. */
export interface ClientStoreTrial {
  readonly contract: Contract;
  readonly samples: ClientStoreSamples;
  readonly people: People;
}

/** The samples, where each store that they give is put down. */
export function tracked(samples: ClientStoreSamples, opened: Set<ClientStore>): ClientStoreSamples {
  const note = (store: ClientStore): ClientStore => {
    opened.add(store);
    return store;
  };
  const open = async (): Promise<ClientStore> => note(await samples.open());
  const reopen = async (store: ClientStore): Promise<ClientStore> => note((await samples.reopen?.(store)) ?? store);
  const openAgain = async (store: ClientStore): Promise<ClientStore> =>
    note((await samples.openAgain?.(store)) ?? store);
  return {
    dim: samples.dim,
    open,
    ...(samples.reopen === undefined ? {} : { reopen }),
    ...(samples.openAgain === undefined ? {} : { openAgain }),
  };
}

/** Where most rows of the rules are. */
export const TABLE = 'app-contract';

/** A row that differs from others in what is given. */
export function rowOf(parts: Partial<Row> = {}): Row {
  return { table: TABLE, key: 'key', partition: 'partition', order: 1, value: { text: 'Hello' }, ...parts };
}

export function put(parts: Partial<Row> = {}, where?: 'absent' | 'present'): RowChange {
  const change = { do: 'put-row', row: rowOf(parts) } as const;
  return where === undefined ? change : { ...change, where };
}

export function remove(key: string, table = TABLE): RowChange {
  return { do: 'delete-row', table, key };
}

export function removePartition(partition: string, table = TABLE): RowChange {
  return { do: 'delete-partition', table, partition };
}

/** A store that was told of rows, in one commit, opened again where that can be. */
export async function filledRows(samples: ClientStoreSamples, rows: readonly RowChange[]): Promise<ClientStore> {
  const store = await samples.open();
  await store.commit([], rows);
  return samples.reopen === undefined ? store : samples.reopen(store);
}

/** The keys of a partition, as they come. */
export async function keysOf(
  store: ClientStore,
  partition = 'partition',
  range: RowRange = { limit: 1000 },
): Promise<readonly string[]> {
  return (await store.rows(TABLE, partition, range)).map(({ key }) => key);
}

/** Texts that do not say everything when they are read. */
export const quoted = (texts: readonly string[]): readonly string[] => texts.map((text) => JSON.stringify(text));

/** What a call is refused with; undefined where it is not. */
export async function refusalOf(call: () => unknown): Promise<{ readonly error: unknown } | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** Whether a call is refused with an error of a code. */
export async function isRefused(call: () => unknown, code: DimError['code'], what: string): Promise<Verdict> {
  const refusal = await refusalOf(call);
  const expected = `a DimError ${code} for ${what}`;
  if (refusal === undefined) return { expected, received: `no error for ${what}` };
  const { error } = refusal;
  return verdict(isDimError(error) && error.code === code, expected, `${errorForm(error)} for ${what}`);
}

/** How long a rule waits for what should come at once, in milliseconds: also on a machine that does much else. */
const PATIENCE = 10_000;

/** What is promised, if it comes before nobody would wait any longer. */
export async function soon<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${PATIENCE / 1000} seconds`)), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A moment in which something else may go on. */
export const moment = (milliseconds = 1): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
