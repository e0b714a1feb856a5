/** Values and bytes: as they were when they were committed, whatever their callers do with them. */
import type { JsonMap } from 'dimp';
import type { Row } from 'dimsdk';
import { allOf, firstOf, isValue } from '../report/verdict.ts';
import { filledRows, put, rowOf, TABLE, type ClientStoreTrial } from './client-store-trial.ts';
import { isRow } from './same-row.ts';

/** Levels of what peers may send; a row has more around it. */
const DEPTH = 70;

const MEBIBYTE = 1024 * 1024;

function valuesOfAllKinds(): readonly JsonMap[] {
  const deep = Array.from({ length: DEPTH }).reduce<JsonMap>((inner) => ({ inner }), { end: true });
  return [
    {},
    { text: '', list: [], map: {}, yes: true, no: false, none: null },
    { nested: [[1, ['a', { b: [null] }]], {}] },
    { integers: [0, 1, -1, 2 ** 53 - 1, -(2 ** 53 - 1)] },
    // What a number would round.
    { serial: 18446744073709551615n, low: -9007199254740993n, huge: 10n ** 39n },
    { fractions: [0.1, -0.5, 5e-324, 1.7976931348623157e308, 1e21, 1.0000000000000002] },
    { zero: '\0', line: '\u2028\n\r', quote: '"\\\'', emoji: '😀', unseen: '\u200b\ufeff' },
    { lone: '\ud83d', other: ['\ude00\ud83d'], '\ud800': 1 },
    JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":null,"":0,"1":1}') as JsonMap,
    { date: '2024-01-01T00:00:00.000Z', number: '1', boolean: 'true', nothing: 'null' },
    deep,
  ];
}

export async function checkValues({ contract, samples }: ClientStoreTrial): Promise<void> {
  const all = async (rows: readonly Row[]) => {
    const store = await filledRows(
      samples,
      rows.map((row) => put(row)),
    );
    return firstOf(rows, async (row) => isRow(await store.row(row.table, row.key), row));
  };
  await contract.rule('row', 'values of all kinds that JSON has come back as they were', async () =>
    all(valuesOfAllKinds().map((value, index) => rowOf({ key: `${index}`, value }))),
  );
  await contract.rule('row', 'bytes come back: none, no more than none, and a part of a larger buffer', async () => {
    const buffer = Uint8Array.from({ length: 300 }, (_, index) => index);
    const bytes = [undefined, new Uint8Array(), buffer.subarray(7, 9), buffer.subarray(0, 1), buffer];
    return all(
      bytes.map((each, index) => (each ? rowOf({ key: `${index}`, bytes: each }) : rowOf({ key: `${index}` }))),
    );
  });
  await contract.rule('row', 'rows of several megabytes come back', async () => {
    const text = 'Many words. '.repeat((2 * MEBIBYTE) / 12);
    const bytes = new Uint8Array(4 * MEBIBYTE);
    for (let index = 0; index < bytes.length; index++) bytes[index] = (index * 31) >> 3;
    return all([rowOf({ key: 'text', value: { text } }), rowOf({ key: 'bytes', bytes }), rowOf({ key: 'small' })]);
  });
  await contract.rule('commit', 'what a caller changes after the call does not reach the store', async () => {
    const store = await samples.open();
    const bytes = Uint8Array.of(1, 2, 3);
    const value = { text: 'Hello', list: [1], map: { inner: 1 } };
    const rows = [put({ value, bytes })];
    const committed = Promise.resolve(store.commit([], rows));
    bytes.fill(9);
    value.text = 'changed';
    value.list.push(2);
    value.map.inner = 2;
    rows.push(put({ key: 'other' }));
    await committed;
    return allOf([
      isRow(
        await store.row(TABLE, 'key'),
        rowOf({ value: { text: 'Hello', list: [1], map: { inner: 1 } }, bytes: Uint8Array.of(1, 2, 3) }),
      ),
      isValue(await store.count(TABLE, 'partition'), 1),
    ]);
  });
  await contract.rule('row', 'what a caller does with an answer does not reach the store', async () => {
    const row = rowOf({ value: { text: 'Hello', list: [1], map: { inner: 1 } }, bytes: Uint8Array.of(1, 2, 3) });
    const store = await filledRows(samples, [put(row)]);
    for (const answer of [await store.row(TABLE, 'key'), (await store.rows(TABLE, 'partition'))[0]]) spoil(answer);
    return allOf([isRow(await store.row(TABLE, 'key'), row), isRow((await store.rows(TABLE, 'partition'))[0], row)]);
  });
}

/** Changes all that can be changed of a row. */
function spoil(row: Row | undefined | null): void {
  if (row === undefined || row === null) return;
  row.bytes?.fill(9);
  for (const [target, field, value] of [
    [row.value['list'], '0', 9],
    [row.value['map'], 'inner', 9],
    [row.value, 'text', 'changed'],
    [row, 'order', 9],
    [row, 'value', {}],
  ] as const)
    // What is frozen says no, and that is well.
    if (typeof target === 'object' && target !== null) Reflect.set(target, field, value);
}
