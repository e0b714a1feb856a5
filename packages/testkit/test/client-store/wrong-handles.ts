/** Stores whose actions, handles or closing get in each other's way. */
import { DimError, readMarkKey } from 'dimp';
import { spoiled, type WrongClientStore } from './spoiled-client-stores.ts';

export const WRONG_HANDLES: readonly WrongClientStore[] = [
  [
    'actions that give nothing',
    spoiled((store) => ({
      exclusive: async (action) => {
        await store.exclusive(action);
        return undefined as never;
      },
    })),
    'an action gives what it gives',
  ],
  [
    'actions that all run at once',
    spoiled(() => ({ exclusive: async (action) => action() })),
    'actions run one at a time, in the order in which they were asked for',
  ],
  [
    'the last action first',
    spoiled((store) => {
      const waiting: (() => void)[] = [];
      return {
        exclusive: async (action) => {
          await new Promise<void>((resolve) => {
            waiting.push(resolve);
            setTimeout(() => waiting.pop()?.(), 0);
          });
          return store.exclusive(action);
        },
      };
    }),
    'actions run one at a time, in the order in which they were asked for',
  ],
  [
    'errors of actions that nobody sees',
    spoiled((store) => ({
      exclusive: async (action) => store.exclusive(async () => action()).catch(() => undefined as never),
    })),
    'what an action throws is thrown, and the next one runs',
  ],
  [
    'no commits while an action runs',
    spoiled((store) => {
      let running = 0;
      return {
        exclusive: async (action) =>
          store.exclusive(async () => {
            running++;
            try {
              return await action();
            } finally {
              running--;
            }
          }),
        commit: (changes, rows) => {
          if (running > 0) throw new DimError('STORE_FAILED', 'the database is locked');
          store.commit(changes, rows);
        },
      };
    }),
    'an action may ask and commit, and others may meanwhile',
  ],
  [
    'no order between actions',
    spoiled(() => ({ exclusive: async (action) => action() })),
    'of what is planned by what is kept, and committed inside, nothing is undone',
  ],
  [
    'metas that are remembered by a handle',
    spoiled((store) => {
      const metas = new Map<string, ReturnType<typeof store.meta>>();
      return {
        meta: (id) => {
          const known = metas.get(id.entityKey) ?? store.meta(id);
          metas.set(id.entityKey, known);
          return known;
        },
      };
    }),
    'what one handle keeps of an identity, and drops, the other sees',
  ],
  [
    'marks that are remembered by a handle',
    spoiled((store) => {
      const made = new Set<string>();
      return {
        commit: (changes, rows) => {
          store.commit(changes, rows);
          for (const change of changes) if (change.do === 'mark-read') made.add(readMarkKey(change.mark));
        },
        readState: (mark) => (made.has(readMarkKey(mark)) ? 'read' : 'new'),
      };
    }),
    'a mark of one handle is there for the other',
  ],
  [
    'rows that are remembered by a handle',
    spoiled((store) => {
      const rows = new Map<string, ReturnType<typeof store.row>>();
      return {
        commit: (changes, changed = []) => {
          store.commit(changes, changed);
          for (const change of changed)
            if (change.do === 'put-row') rows.set(change.row.key, store.row(change.row.table, change.row.key));
        },
        row: (table, key) => rows.get(key) ?? store.row(table, key),
      };
    }),
    'rows that one handle puts and deletes, the other sees',
  ],
  ...(['actions of two handles run one at a time', 'of what two handles plan by what is kept, nothing is undone'].map(
    (rule) =>
      [
        `an order of actions for each handle (${rule})`,
        spoiled(() => {
          let last: Promise<unknown> = Promise.resolve();
          return {
            exclusive: async (action) => {
              const result = last.then(action);
              last = result.catch(() => undefined);
              return result;
            },
          };
        }),
        rule,
      ] as const,
  ) satisfies readonly WrongClientStore[]),
  [
    'a handle that deletes the data when it is closed',
    spoiled((store) => ({
      close: async () => {
        const rows = [{ do: 'delete-partition', table: 'app-contract', partition: 'partition' }] as const;
        await Promise.resolve(store.openAgain().commit([], rows));
        await store.close();
      },
    })),
    'a handle that was closed leaves the other one as it is',
  ],
  [
    'answers after closing',
    spoiled(() => ({ close: () => undefined })),
    'what is asked of a closed store fails with STORE_CLOSED',
  ],
  [
    'a second closing that fails',
    spoiled((store) => {
      let isClosed = false;
      return {
        close: async () => {
          if (isClosed) throw new DimError('STORE_CLOSED', 'the store was closed');
          isClosed = true;
          await store.close();
        },
      };
    }),
    'closing again does nothing',
  ],
  [
    'closing that waits for no action',
    spoiled((store) => {
      const hidden = store.openAgain();
      return { exclusive: async (action) => hidden.exclusive(action) };
    }),
    'actions that were asked for end first, with what they commit; later ones are refused',
  ],
  [
    'commits that come too late for closing',
    spoiled((store) => ({
      commit: async (changes, rows = []) => {
        const copy = rows.map((change) =>
          change?.do === 'put-row' && change.row ? { ...change, row: { ...change.row } } : change,
        );
        await new Promise((resolve) => setTimeout(resolve, 0));
        store.commit(changes, copy);
      },
    })),
    'a commit that was begun is made',
  ],
];
