/** What is refused of rows, and where the error says that it is. That all stores refuse it is in their contract. */
import { describe, expect, test } from '@jest/globals';
import type { RowChange, RowRange } from '../../src/ports/client-store.ts';
import { checkRange, checkRowChanges, rowOf } from '../../src/store/row-checks.ts';
import { errorOf } from '../people.ts';

const row = { table: 'app-notes', key: '1', partition: '', order: 1, value: {} };
const put = (parts: object, more: object = {}) => [
  { do: 'put-row', row, ...more } as const,
  { do: 'put-row', row: { ...row, ...parts }, ...more } as unknown as RowChange,
];

describe('rows', () => {
  test.each<[path: string, changes: unknown]>([
    ['rows', 'none'],
    ['rows[0]', [null]],
    ['rows[0].do', [{ do: 'put' }]],
    ['rows[0].row', [{ do: 'put-row' }]],
    ['rows[0].where', [{ do: 'put-row', row, where: null }]],
    ['rows[0].key', [{ do: 'delete-row', table: 'app-notes', key: 1 }]],
    ['rows[0].table', [{ do: 'delete-partition', table: '', partition: '' }]],
    ['rows[1].row.table', put({ table: 'Notes' })],
    ['rows[1].row.key', put({ key: 'k'.repeat(1025) })],
    ['rows[1].row.partition', put({ partition: undefined })],
    ['rows[1].row.order', put({ order: Number.NaN })],
    ['rows[1].row.value', put({ value: [] })],
    ['rows[1].row.value.a.b[1]', put({ value: { a: { b: [1, Number.NaN] } } })],
    ['rows[1].row.bytes', put({ bytes: [1] })],
  ])('are refused at %s', async (path, changes) => {
    const error = await errorOf(() => checkRowChanges(changes as readonly RowChange[]));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
  });

  test('may hold what messages may hold, and maps around it', () => {
    // As deep as a message may be, and some levels more.
    const value = Array.from({ length: 100 }).reduce<object>((inner) => ({ inner }), {});
    expect(checkRowChanges(put({ value }))).toHaveLength(2);
  });

  test('come back frozen, in each part of the value', () => {
    const [, change] = checkRowChanges(put({ value: { list: [{ a: 1 }] }, bytes: Uint8Array.of(1) }));
    if (change?.do !== 'put-row') throw new Error('no row');
    const { value, bytes } = rowOf(change.record);
    expect([value, value['list'], (value['list'] as readonly unknown[])[0]].every(Object.isFrozen)).toBe(true);
    expect(bytes).not.toBe(rowOf(change.record).bytes);
  });

  test('know one zero', () => {
    const [change] = checkRowChanges([{ do: 'put-row', row: { ...row, order: -0 } }]);
    expect(change).toMatchObject({ record: { order: 0 } });
  });
});

describe('ranges', () => {
  test('have what was not given', () => {
    expect(checkRange()).toEqual({ from: -Infinity, to: Infinity, after: undefined, reverse: false, limit: 100 });
    expect(checkRange({ after: undefined, from: undefined, limit: undefined })).toEqual(checkRange());
  });

  test.each<[path: string, range: unknown]>([
    ['range', 'all'],
    ['range', null],
    ['range.limit', { limit: 1001 }],
    ['range.from', { from: Number.NaN }],
    ['range.to', { to: '1' }],
    ['range.reverse', { reverse: 1 }],
    ['range.after', { after: 1 }],
    ['range.after.key', { after: { order: 1 } }],
    ['range.after.order', { after: { key: '' } }],
  ])('are refused at %s', async (path, range) => {
    const error = await errorOf(() => checkRange(range as RowRange));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
  });
});
