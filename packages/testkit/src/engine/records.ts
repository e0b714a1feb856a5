/** Records: written, replaced, removed, listed, pruned. */
import type { JsonMap } from 'dimp';
import type { Engine, RecordChange } from 'dimstation';
import { isSameJson } from '../client-store/same-row.ts';
import { isSame } from '../store/answers.ts';
import { allOf, firstOf, isValue, verdict } from '../report/verdict.ts';
import { isRefused, NOON, numbered, restarted, type EngineTrial } from './engine-trial.ts';

const TABLE = 'table';

const put = (key: string, parts: Partial<RecordChange> = {}): RecordChange => ({
  table: TABLE,
  key,
  value: { of: key },
  writtenAt: NOON,
  ...parts,
});

const remove = (key: string, table = TABLE): RecordChange => put(key, { table, value: undefined });

async function keysIn(engine: Engine, table = TABLE): Promise<readonly string[]> {
  return (await engine.records.list(table, '', 10_000)).map(({ key }) => key);
}

const VALUES: readonly JsonMap[] = [
  {},
  { text: '', list: [], map: {}, yes: true, no: false, none: null },
  { nested: [[1, ['a', { b: [null] }]], {}] },
  { integers: [0, 1, -1, 2 ** 53 - 1], serial: 18446744073709551615n, fractions: [0.1, 5e-324, 1e21] },
  { zero: '\0', line: '\u2028\n\r', quote: '"\\\'', emoji: '\u{1f600}', lone: '\ud83d' },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"":0,"1":1}') as JsonMap,
  { large: 'Many words. '.repeat(100_000) },
];

export async function checkRecords({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('records', 'a table that nobody wrote into is empty', async () => {
    const { records } = await samples.open();
    await records.write([remove('key')]);
    return allOf([
      isValue(await records.read(TABLE, 'key'), undefined),
      isValue((await records.list(TABLE, '', 10)).length, 0),
      isValue(await records.count(TABLE), 0),
      isValue(await records.prune(TABLE, NOON, 10), 0),
    ]);
  });
  await contract.rule('records', 'values of all kinds that JSON has come back as they were', async () => {
    const opened = await samples.open();
    await opened.records.write(VALUES.map((value, index) => put(String(index), { value })));
    const { records } = await restarted(samples, opened);
    const listed = await records.list(TABLE, '', 100);
    return firstOf(VALUES, async (value) => {
      const key = String(VALUES.indexOf(value));
      const found = [await records.read(TABLE, key), listed.find((each) => each.key === key)?.value];
      return verdict(
        found.every((each) => isSameJson(each, value)),
        `the value ${key}, as it was`,
        'another one',
      );
    });
  });
  await contract.rule('records', 'a record takes the place of that of the same key, with its time', async () => {
    const { records } = await samples.open();
    await records.write([put('key'), put('other')]);
    await records.write([put('key', { value: { new: 1 }, writtenAt: NOON + 5 })]);
    const [record] = await records.list(TABLE, '', 10);
    return allOf([
      verdict(isSameJson(await records.read(TABLE, 'key'), { new: 1 }), 'the new value', 'another one'),
      verdict(isSameJson(await records.read(TABLE, 'other'), { of: 'other' }), 'the other record', 'another one'),
      isValue(record?.writtenAt, NOON + 5),
      isValue(await records.count(TABLE), 2),
    ]);
  });
  await contract.rule('records', 'a record that is removed is gone, and no other', async () => {
    const engine = await samples.open();
    await engine.records.write([put('a'), put('b'), put('a', { table: 'second' })]);
    await engine.records.write([remove('a'), remove('nothing'), remove('a', 'nowhere')]);
    return allOf([
      isSame(await keysIn(engine), ['b']),
      isSame(await keysIn(engine, 'second'), ['a']),
      isValue(await engine.records.read(TABLE, 'a'), undefined),
      isValue(await engine.records.count(TABLE), 1),
    ]);
  });
  await contract.rule('records', 'changes of one call are made one after the other', async () => {
    const engine = await samples.open();
    await engine.records.write([
      put('a'),
      remove('a'),
      put('b', { value: { old: 1 } }),
      put('b'),
      remove('c'),
      put('c'),
    ]);
    return allOf([
      isSame(await keysIn(engine), ['b', 'c']),
      isValue(await engine.records.count(TABLE), 2),
      verdict(isSameJson(await engine.records.read(TABLE, 'b'), { of: 'b' }), 'the last value', 'another one'),
    ]);
  });
  await contract.rule('records', 'of a call with a change that is refused, nothing is made', async () => {
    const engine = await samples.open();
    await engine.records.write([put('a')]);
    const wrong = put('c', { value: { no: (() => undefined) as never } });
    const refused = await isRefused(
      () => engine.records.write([put('b'), remove('a'), wrong]),
      'a value that is not JSON',
    );
    return allOf([refused, isSame(await keysIn(engine), ['a'])]);
  });
  await contract.rule('list', 'a list has what is behind a key, and no more than is wanted', async () => {
    const { records } = await samples.open();
    await records.write(numbered(10).map((key) => put(key)));
    const list = async (after: string, limit: number) =>
      (await records.list(TABLE, after, limit)).map(({ key }) => key);
    return allOf([
      isSame(await list('', 3), numbered(3)),
      isSame(await list('00002', 3), ['00003', '00004', '00005']),
      isSame(await list('000025', 1), ['00003']),
      isSame(await list('00009', 3), []),
    ]);
  });
  await contract.rule(
    'oldest',
    'the oldest are told of, the first one first, and those of one table alone',
    async () => {
      const { records } = await samples.open();
      await records.write([
        put('c', { writtenAt: NOON - 3 }),
        put('a', { writtenAt: NOON - 1 }),
        put('b', { writtenAt: NOON - 2 }),
        put('now'),
        put('d', { table: 'second', writtenAt: NOON - 9 }),
      ]);
      await records.write([put('c', { writtenAt: NOON - 1.5 })]);
      return allOf([
        isSame(await records.oldest(TABLE, NOON, 10), ['b', 'c', 'a']),
        isSame(await records.oldest(TABLE, NOON, 2), ['b', 'c']),
        isSame(await records.oldest('nowhere', NOON, 2), []),
        isValue(await records.count(TABLE), 4),
      ]);
    },
  );
  await contract.rule('prune', 'where keys are given, of these alone those go that are old', async () => {
    const engine = await samples.open();
    await engine.records.write([
      put('a', { writtenAt: NOON - 1 }),
      put('b', { writtenAt: NOON - 3 }),
      put('c', { writtenAt: NOON - 2 }),
      put('d', { writtenAt: NOON - 4 }),
      put('new'),
    ]);
    const first = await engine.records.prune(TABLE, NOON, 2, ['a', 'b', 'c', 'new', 'nothing', 'b']);
    const between = await keysIn(engine);
    const rest = await engine.records.prune(TABLE, NOON, 10, ['a', 'new']);
    return allOf([
      isValue(first, 2),
      isSame(between, ['a', 'd', 'new']),
      isValue(rest, 1),
      isSame(await keysIn(engine), ['d', 'new']),
      isValue(await engine.records.prune(TABLE, NOON, 10, []), 0),
      isValue(await engine.records.count(TABLE), 2),
    ]);
  });
  await contract.rule('prune', 'pruning removes the oldest of a table, and no more than it may', async () => {
    const engine = await samples.open();
    await engine.records.write([
      ...['a', 'c', 'b', 'd'].map((key, age) => put(key, { writtenAt: NOON - 1 - age })),
      put('then'),
      put('e', { table: 'second', writtenAt: 1 }),
    ]);
    // Written again: no longer old.
    await engine.records.write([put('b', { writtenAt: NOON + 1 })]);
    const first = await engine.records.prune(TABLE, NOON, 1);
    const left = await keysIn(engine);
    const rest = await engine.records.prune(TABLE, NOON, 100);
    return allOf([
      isValue(first, 1),
      isSame(left, ['a', 'b', 'c', 'then']),
      isValue(rest, 2),
      isSame(await keysIn(engine), ['b', 'then']),
      isSame(await keysIn(engine, 'second'), ['e']),
      isValue(await engine.records.count(TABLE), 2),
    ]);
  });
}
