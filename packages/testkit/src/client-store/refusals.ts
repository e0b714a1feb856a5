/** Rows and ranges that are none: they are refused where they are given, with `USAGE_ARGUMENT`. */
import type { Row, RowChange, RowRange } from 'dimsdk';
import { isSame } from '../store/answers.ts';
import { markOf } from '../store/read-marks.ts';
import { allOf, firstOf, isValue } from '../report/verdict.ts';
import { filledRows, isRefused, keysOf, put, rowOf, TABLE, type ClientStoreTrial } from './client-store-trial.ts';

/** A row with one field that a cast let in. */
const WRONG_ROWS: readonly (readonly [what: string, parts: Readonly<Partial<Record<keyof Row, unknown>>>])[] = [
  ['a table without a name', { table: '' }],
  ['a table in capital letters', { table: 'Table' }],
  ['a table with a blank', { table: 'app notes' }],
  ['a table with a line break', { table: 'app\n' }],
  ['a table with an underscore', { table: 'app_notes' }],
  ['a table with letters of elsewhere', { table: 'é' }],
  ['a table with 65 letters', { table: 'a'.repeat(65) }],
  ['a table that is a number', { table: 1 }],
  ['a key with 1025 characters', { key: 'k'.repeat(1025) }],
  ['a key that is a number', { key: 1 }],
  ['no key', { key: undefined }],
  ['a partition with 1025 characters', { partition: 'p'.repeat(1025) }],
  ['a partition that is null', { partition: null }],
  ['an order that is no number', { order: Number.NaN }],
  ['an order without end', { order: Infinity }],
  ['an order that is text', { order: '1' }],
  ['no order', { order: undefined }],
  ['a value that is a list', { value: [] }],
  ['a value that is text', { value: 'Hello' }],
  ['no value', { value: undefined }],
  ['a value that is null', { value: null }],
  ['a value with NaN in it', { value: { number: Number.NaN } }],
  ['a value with a function in it', { value: { call: () => undefined } }],
  ['a value with a Map in it', { value: { map: new Map() } }],
  ['a value with nothing in a list', { value: { list: [undefined] } }],
  ['a value that is in itself', { value: circle() }],
  ['bytes that are a list', { bytes: [1, 2, 3] }],
  ['bytes that are a buffer', { bytes: new ArrayBuffer(3) }],
  ['bytes that are text', { bytes: 'AQID' }],
];

const WRONG_CHANGES: readonly (readonly [what: string, change: unknown])[] = [
  ['a change that is null', null],
  ['a change that nobody knows', { do: 'truncate-table', table: TABLE }],
  ['a change without a row', { do: 'put-row' }],
  ['a where that is neither', { do: 'put-row', row: rowOf(), where: 'maybe' }],
  ['a deletion without a key', { do: 'delete-row', table: TABLE }],
  ['a deletion in no table', { do: 'delete-row', table: 'No table', key: 'key' }],
  ['a deletion of no partition', { do: 'delete-partition', table: TABLE }],
];

const WRONG_RANGES: readonly (readonly [what: string, range: unknown])[] = [
  ['a limit of none', { limit: 0 }],
  ['a negative limit', { limit: -1 }],
  ['a limit of 1001', { limit: 1001 }],
  ['a limit that is not whole', { limit: 1.5 }],
  ['a limit that is text', { limit: '10' }],
  ['a from that is no number', { from: Number.NaN }],
  ['a to that is text', { to: '10' }],
  ['an after without a key', { after: { order: 1 } }],
  ['an after without an order', { after: { key: 'key' } }],
  ['a reverse that is text', { reverse: 'yes' }],
];

export async function checkRefusals({ contract, samples, people }: ClientStoreTrial): Promise<void> {
  const mark = markOf(people, 1);
  const wrong: readonly (readonly [what: string, change: unknown])[] = [
    ...WRONG_ROWS.map(
      ([what, parts]) => [what, { do: 'put-row', row: { ...rowOf({ key: 'wrong' }), ...parts } }] as const,
    ),
    ...WRONG_CHANGES,
  ];
  await contract.rule(
    'commit',
    'a row that is none is refused with USAGE_ARGUMENT, and nothing of the commit is kept',
    async () => {
      const store = await filledRows(samples, [put()]);
      return firstOf(wrong, async ([what, change]) => {
        const rows = [put({ key: 'before' }), change as RowChange, put({ key: 'after' })];
        return allOf([
          await isRefused(async () => store.commit([{ do: 'mark-read', mark }], rows), 'USAGE_ARGUMENT', what),
          isSame(await keysOf(store), ['key']),
          isValue(await store.readState(mark), 'new'),
        ]);
      });
    },
  );
  await contract.rule('rows', 'a range that is none is refused with USAGE_ARGUMENT', async () => {
    const store = await filledRows(samples, [put()]);
    return firstOf(WRONG_RANGES, async ([what, range]) =>
      isRefused(async () => store.rows(TABLE, 'partition', range as RowRange), 'USAGE_ARGUMENT', what),
    );
  });
}

function circle(): unknown {
  const value: Record<string, unknown> = {};
  value['again'] = value;
  return value;
}
