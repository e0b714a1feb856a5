/** Stores for clients that are wrong in one thing each. */
import type { Awaitable, Change } from 'dimp';
import { MemoryClientStore, type ClientStore, type Row, type RowChange } from 'dimsdk';
import type { ClientStoreSamples } from '../../src/client-store/index.ts';
import { dim } from '../store/spoiled-stores.ts';

/** What a wrong store does in another way than the store in memory. */
type Spoiling = (store: MemoryClientStore) => Partial<ClientStore>;

const inner = new WeakMap<ClientStore, MemoryClientStore>();

function wrapped(store: MemoryClientStore, spoil: Spoiling): ClientStore {
  const changes = spoil(store);
  const wrapper = new Proxy<ClientStore>(store, {
    get(target, name) {
      const value: unknown = name in changes ? changes[name as keyof ClientStore] : Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  inner.set(wrapper, store);
  return wrapper;
}

/** The samples of a store with some of its methods replaced. */
export function spoiled(spoil: Spoiling, samples: Partial<ClientStoreSamples> = {}): ClientStoreSamples {
  const again = (store: ClientStore) => wrapped((inner.get(store) ?? new MemoryClientStore()).openAgain(), spoil);
  return { dim, open: () => wrapped(new MemoryClientStore(), spoil), reopen: again, openAgain: again, ...samples };
}

/** Commits in another way. */
export const committing = (
  commit: (store: MemoryClientStore, changes: readonly Change[], rows: readonly RowChange[]) => Awaitable<void>,
): ClientStoreSamples => spoiled((store) => ({ commit: (changes, rows = []) => commit(store, changes, rows) }));

/** Each change of rows as others, on its way into the store. */
export const changing = (
  change: (told: RowChange, store: MemoryClientStore) => RowChange | readonly RowChange[],
): ClientStoreSamples =>
  committing((store, changes, rows) =>
    store.commit(
      changes,
      rows.flatMap((row) => change(row, store) as RowChange),
    ),
  );

/** Each row as another one, on its way into the store. */
export const putting = (row: (told: Row, store: MemoryClientStore) => Row): ClientStoreSamples =>
  changing((told, store) => (told.do === 'put-row' ? { ...told, row: row(told.row, store) } : told));

/** All rows of a partition, in its order. */
export function allOf(store: MemoryClientStore, table: string, partition: string): readonly Row[] {
  const rows: Row[] = [];
  for (
    let page = store.rows(table, partition);
    page.length > 0;
    page = store.rows(table, partition, { after: page.at(-1) })
  )
    rows.push(...page);
  return rows;
}

/** What is wrong, a store that is, and the rule that it breaks. */
export type WrongClientStore = readonly [what: string, samples: ClientStoreSamples, rule: string];
