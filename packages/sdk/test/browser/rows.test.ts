import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { RowChange } from '../../src/index.ts';
import { planRows } from '../../src/browser/rows.ts';
import { MemoryRows } from '../../src/store/memory-rows.ts';
import { checkRowChanges, type CheckedRowChange } from '../../src/store/row-checks.ts';

const TABLES = ['app-a', 'app-b'];
const NAMES = ['', 'one', 'two'];

const change: fc.Arbitrary<RowChange> = fc.oneof(
  fc.record({
    do: fc.constant('put-row' as const),
    row: fc.record({
      table: fc.constantFrom(...TABLES),
      key: fc.constantFrom(...NAMES),
      partition: fc.constantFrom(...NAMES),
      order: fc.integer({ min: 0, max: 3 }),
      value: fc.record({ number: fc.integer() }),
    }),
  }),
  fc.record({
    do: fc.constant('delete-row' as const),
    table: fc.constantFrom(...TABLES),
    key: fc.constantFrom(...NAMES),
  }),
  fc.record({
    do: fc.constant('delete-partition' as const),
    table: fc.constantFrom(...TABLES),
    partition: fc.constantFrom(...NAMES),
  }),
);

describe('the plan of rows', () => {
  test('comes to the same as its changes, one after the other', () => {
    fc.assert(
      fc.property(fc.array(change), fc.array(change), (before, changes) => {
        const [planned, changed] = [rowsAfter(checkRowChanges(before)), rowsAfter(checkRowChanges(before))];
        for (const each of checkRowChanges(changes)) changed.apply(each);
        const { emptied, rows } = planRows(checkRowChanges(changes));
        for (const [table, partition] of emptied) planned.apply({ do: 'delete-partition', table, partition });
        for (const { key, record } of rows)
          planned.apply(
            record === undefined
              ? { do: 'delete-row', table: key[0], key: key[1] }
              : { do: 'put-row', record, where: undefined },
          );
        expect(contentOf(planned)).toEqual(contentOf(changed));
      }),
    );
  });

  test('has one change of each row', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const keys = planRows(checkRowChanges(changes)).rows.map(({ key }) => key.join(' '));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('has every condition, also those of one row', () => {
    const row = { table: 'app-a', key: 'one', partition: '', order: 1, value: {} };
    const { conditions } = planRows(
      checkRowChanges([
        { do: 'put-row', row, where: 'absent' },
        { do: 'delete-row', table: 'app-a', key: 'one' },
        { do: 'put-row', row, where: 'present' },
      ]),
    );
    expect(conditions).toEqual([
      { key: ['app-a', 'one'], where: 'absent' },
      { key: ['app-a', 'one'], where: 'present' },
    ]);
  });
});

function rowsAfter(changes: readonly CheckedRowChange[]): MemoryRows {
  const rows = new MemoryRows();
  for (const each of changes) rows.apply(each);
  return rows;
}

function contentOf(rows: MemoryRows): unknown {
  const range = { from: -Infinity, to: Infinity, after: undefined, reverse: false, limit: 1000 };
  return TABLES.map((table) => rows.partitions(table).map((partition) => rows.rows(table, partition, range)));
}
