/** Engines that lose or mix up records. */
import type { JsonMap } from 'dimp';
import type { EngineSamples } from 'dimtestkit/engine';
import type { RecordChange } from '../../src/index.ts';
import { spoiled, type WrongEngine } from './wrong-engine.ts';

/** Each change of records as another one. */
const changing = (change: (told: RecordChange) => RecordChange): EngineSamples =>
  spoiled(({ records }) => ({ records: { write: (changes) => records.write(changes.map(change)) } }));

const asNumbers = (value: JsonMap | undefined): JsonMap | undefined =>
  value &&
  (JSON.parse(
    JSON.stringify(value, (_name, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)),
  ) as JsonMap);

export const WRONG_RECORDS: readonly WrongEngine[] = [
  [
    'a table that has something from the beginning',
    spoiled(({ records }) => ({ records: { count: async (table) => Math.max(1, await records.count(table)) } })),
    'a table that nobody wrote into is empty',
  ],
  [
    'large numbers that are rounded',
    spoiled(({ records }) => ({
      records: { read: async (table, key) => asNumbers(await records.read(table, key)) },
    })),
    'values of all kinds that JSON has come back as they were',
  ],
  [
    'the time of the first writing',
    spoiled(({ records }) => {
      const times = new Map<string, number>();
      return {
        records: {
          write: (changes) =>
            records.write(
              changes.map((change) => {
                const key = JSON.stringify([change.table, change.key]);
                if (!times.has(key)) times.set(key, change.writtenAt);
                return { ...change, writtenAt: times.get(key) ?? 0 };
              }),
            ),
        },
      };
    }),
    'a record takes the place of that of the same key, with its time',
  ],
  [
    'a record that is removed in all tables',
    spoiled(({ records }) => ({
      records: {
        write: async (changes) => {
          await records.write(
            changes.flatMap((change) =>
              change.value === undefined ? [change, { ...change, table: 'second' }] : [change],
            ),
          );
        },
      },
    })),
    'a record that is removed is gone, and no other',
  ],
  [
    'removals before all else',
    spoiled(({ records }) => ({
      records: {
        write: (changes) =>
          records.write([
            ...changes.filter(({ value }) => value === undefined),
            ...changes.filter(({ value }) => value !== undefined),
          ]),
      },
    })),
    'changes of one call are made one after the other',
  ],
  [
    'one change after the other',
    spoiled(({ records }) => ({
      records: {
        write: async (changes) => {
          for (const change of changes) await records.write([change]);
        },
      },
    })),
    'of a call with a change that is refused, nothing is made',
  ],
  [
    'a list that begins at a key',
    spoiled(({ records }) => ({
      records: {
        list: async (table, after, limit) => {
          const value = after === '' ? undefined : await records.read(table, after);
          const first = value === undefined ? [] : [{ key: after, value, writtenAt: 0 }];
          return [...first, ...(await records.list(table, after, limit))].slice(0, limit);
        },
      },
    })),
    'a list has what is behind a key, and no more than is wanted',
  ],
  [
    'the first by their keys in place of the oldest',
    spoiled(({ records }) => ({
      records: {
        prune: async (table, before, limit) => {
          const old = (await records.list(table, '', 1000))
            .filter(({ writtenAt }) => writtenAt < before)
            .slice(0, limit);
          await records.write(old.map(({ key }) => ({ table, key, value: undefined, writtenAt: before })));
          return old.length;
        },
      },
    })),
    'pruning removes the oldest of a table, and no more than it may',
  ],
  [
    'the first by their keys for the oldest',
    spoiled(({ records }) => ({
      records: { oldest: async (table, before, limit) => [...(await records.oldest(table, before, limit))].sort() },
    })),
    'the oldest are told of, the first one first, and those of one table alone',
  ],
  [
    'any that are old, whichever are meant',
    spoiled(({ records }) => ({ records: { prune: (table, before, limit) => records.prune(table, before, limit) } })),
    'where keys are given, of these alone those go that are old',
  ],
  [
    'records that are old by their first time',
    changing((told) => ({ ...told, writtenAt: Math.min(told.writtenAt, 1_700_000_000) })),
    'a record takes the place of that of the same key, with its time',
  ],
];
