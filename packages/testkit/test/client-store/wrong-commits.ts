/** Stores that keep a part of a commit, or what they should have refused. */
import { DimError, isDimError } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { committing, spoiled, type WrongClientStore } from './spoiled-client-stores.ts';

export const WRONG_COMMITS: readonly WrongClientStore[] = [
  [
    'rows that are gone after a restart',
    spoiled(() => ({}), { reopen: () => new MemoryClientStore() }),
    'rows that were committed are there after a restart',
  ],
  [
    'changes alone, where there are both',
    committing((store, changes, rows) => store.commit(changes, changes.length > 0 ? [] : rows)),
    'changes and rows of a commit are kept together',
  ],
  [
    'rows first, and then changes',
    committing((store, changes, rows) => {
      store.commit([], rows);
      store.commit(changes);
    }),
    'where a mark is there already, no row of the commit is kept, and none is gone',
  ],
  [
    'commits that overtake each other',
    spoiled((store) => {
      let running = 0;
      return {
        commit: async (changes, rows = []) => {
          running++;
          const copy = structuredClone(rows.filter(({ do: what }) => what === 'put-row'));
          await Promise.resolve();
          store.commit(changes, running > 1 ? copy.slice(0, 1) : rows);
          running--;
        },
      };
    }),
    'of commits at the same time, each is kept as a whole',
  ],
  [
    'no commit of nothing',
    committing((store, changes, rows) => {
      if (changes.length === 0 && rows.length === 0) throw new DimError('USAGE_ARGUMENT', 'nothing to commit');
      store.commit(changes, rows);
    }),
    'a commit of nothing is one',
  ],
  [
    'a statement with five hundred parameters',
    committing((store, changes, rows) => store.commit(changes, rows.slice(0, 500))),
    'a thousand rows can be put and deleted in one commit',
  ],
  [
    'conditions one by one, without a transaction',
    committing((store, changes, rows) => {
      for (const row of rows) store.commit([], [row]);
      store.commit(changes);
    }),
    'where a row is not as it is wanted, nothing of the commit is kept: STORE_CONFLICT',
  ],
  [
    'conditions of which none is asked',
    committing((store, changes, rows) =>
      store.commit(
        changes,
        rows.map((change) => (change?.do === 'put-row' ? { do: 'put-row', row: change.row } : change)),
      ),
    ),
    'where a row is not as it is wanted, nothing of the commit is kept: STORE_CONFLICT',
  ],
  [
    'the error of a database where a row is there already',
    committing((store, changes, rows) => {
      try {
        store.commit(changes, rows);
      } catch (error) {
        throw isDimError(error) && error.code === 'STORE_CONFLICT' ? new RangeError('UNIQUE constraint failed') : error;
      }
    }),
    'where a row is not as it is wanted, nothing of the commit is kept: STORE_CONFLICT',
  ],
  [
    'conditions that are asked of what the commit made',
    committing((store, changes, rows) => {
      const before = rows.map((change) => change?.do === 'put-row' && store.row(change.row.table, change.row.key));
      const made = new Set<string>();
      rows.forEach((change, index) => {
        if (change?.do !== 'put-row') return;
        if (change.where === 'absent' && (made.has(change.row.key) || before[index]))
          throw new DimError('STORE_CONFLICT', 'the row is there');
        made.add(change.row.key);
      });
      store.commit(changes, rows);
    }),
    'where a row is as it is wanted before the commit, all of it is kept',
  ],
  [
    'a condition that is asked, and a row that is put later',
    committing(async (store, changes, rows) => {
      const before = rows.map((change) => change?.do === 'put-row' && store.row(change.row.table, change.row.key));
      const isConflict = rows.some((change, index) => {
        if (change?.do !== 'put-row') return false;
        return change.where !== undefined && (change.where === 'present') !== Boolean(before[index]);
      });
      if (isConflict) throw new DimError('STORE_CONFLICT', 'a row is not as it is wanted');
      await Promise.resolve();
      const others = rows.map((change) =>
        change?.do === 'put-row' ? ({ do: 'put-row', row: change.row } as const) : change,
      );
      store.commit(changes, others);
    }),
    'of several commits at once that want a row absent, one is made',
  ],
  [
    'a commit without the rows that are none',
    committing((store, changes, rows) => {
      try {
        store.commit(changes, rows);
      } catch (error) {
        if (!isDimError(error) || error.code !== 'USAGE_ARGUMENT') throw error;
        store.commit(changes);
      }
    }),
    'a row that is none is refused with USAGE_ARGUMENT, and nothing of the commit is kept',
  ],
  [
    'a usual range where it is none',
    spoiled((store) => ({
      rows: (table, partition, range) => {
        try {
          return store.rows(table, partition, range);
        } catch {
          return store.rows(table, partition);
        }
      },
    })),
    'a range that is none is refused with USAGE_ARGUMENT',
  ],
];
