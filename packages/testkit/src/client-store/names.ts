/** Names of tables, keys and partitions: any that are allowed, and told apart letter by letter. */
import type { JsonMap } from 'dimp';
import type { Row } from 'dimsdk';
import { firstOf, isValue, verdict } from '../report/verdict.ts';
import { filledRows, put, rowOf, TABLE, type ClientStoreTrial } from './client-store-trial.ts';
import { isRow } from './same-row.ts';

/** Names that some database takes for one, for another, or for an order. */
export const NAMES: readonly string[] = [
  '',
  ' ',
  'name',
  'Name',
  'NAME',
  'name ',
  'name\0',
  'name\0more',
  'nam',
  'names',
  'n_me',
  'na%',
  '*',
  "'; DROP TABLE row; --",
  '"name"',
  '\\',
  '\n',
  '0',
  '00',
  '1e0',
  'null',
  '__proto__',
  'constructor',
  // One letter, and two that are drawn as it.
  'é',
  'e\u0301',
  'ß',
  'ss',
  'İ',
  'i',
  'ﬀ',
  'Ａ',
  // Behind the surrogates in the order of code units, and before them in that of code points.
  '\uff61',
  '😀',
  '😀a',
  // Not Unicode, and text all the same.
  '\ud83d',
  '\ude00',
  '\ud83d\ud83d',
  '\ufffd',
];

/** Names of tables that are those of other things elsewhere. */
const TABLES: readonly string[] = [
  'app-select',
  'select',
  'table',
  'sqlite-master',
  'row',
  'rows',
  'constructor',
  'app--comment',
  '-',
  '0',
  '00',
  'a'.repeat(64),
  'a'.repeat(63),
];

/** As long as they may be: in UTF-8 the second one has three times as many bytes. */
const LONGEST: readonly string[] = ['k'.repeat(1024), '字'.repeat(1024), `${'k'.repeat(1023)}l`];

export async function checkNames({ contract, samples }: ClientStoreTrial): Promise<void> {
  /** One row for each name, and each says which. */
  const all = async (rows: readonly Row[]) => {
    const store = await filledRows(
      samples,
      rows.map((row) => put(row)),
    );
    const found = await firstOf(rows, async (row) => isRow(await store.row(row.table, row.key), row));
    return { store, found };
  };
  const numbered = (index: number): JsonMap => ({ number: index });
  await contract.rule('row', 'keys are told apart in each letter', async () => {
    const { store, found } = await all(NAMES.map((key, index) => rowOf({ key, value: numbered(index) })));
    return found === true ? isValue(await store.count(TABLE, 'partition'), NAMES.length) : found;
  });
  await contract.rule('rows', 'partitions are told apart in each letter', async () => {
    const rows = NAMES.map((partition, index) => rowOf({ key: `${index}`, partition, value: numbered(index) }));
    const { store, found } = await all(rows);
    if (found !== true) return found;
    return firstOf(rows, async (row) => {
      const inside = await store.rows(TABLE, row.partition);
      const of = `of the partition ${JSON.stringify(row.partition)}`;
      const same = isRow(inside[0], row);
      return same === true ? verdict(inside.length === 1, `1 row ${of}`, `${inside.length} rows ${of}`) : same;
    });
  });
  await contract.rule('row', 'tables may have any name that is one, and each has rows of its own', async () => {
    const { found } = await all(TABLES.map((table, index) => rowOf({ table, value: numbered(index) })));
    return found;
  });
  await contract.rule('row', 'keys and partitions may have 1024 characters', async () => {
    const { store, found } = await all(
      LONGEST.map((name, index) => rowOf({ key: name, partition: name, value: numbered(index) })),
    );
    return found === true ? firstOf(LONGEST, async (name) => isValue(await store.count(TABLE, name), 1)) : found;
  });
}
