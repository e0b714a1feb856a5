/** Names of any text: of users, terminals, marks, tables and keys. */
import { isSame } from '../store/answers.ts';
import { allOf, isValue } from '../report/verdict.ts';
import { inShort, keep, NOON, numbered, posting, restarted, textsIn, type EngineTrial } from './engine-trial.ts';

/** Names of which some databases take several for one, or none at all. */
const NAMES = [
  '',
  ' ',
  '  ',
  'a',
  'A',
  'a ',
  'a.b',
  'a.>',
  '*',
  '%',
  'a_',
  "quo'te",
  'quo"te',
  '\\',
  'a\0b',
  'a\0c',
  '\u00e9',
  'e\u0301',
  'ß',
  'ss',
  'SS',
  '名前',
  '\u{1f600}',
  '\ud83d',
  '\ude00',
  '\ufffd',
  '\n',
  '1',
  '01',
  'null',
  '__proto__',
  'x'.repeat(999),
  'x'.repeat(1000),
  '名'.repeat(1000),
];

const quoted = (names: readonly string[]): readonly string[] =>
  names.map((name) => JSON.stringify(name.length > 20 ? `${name.slice(0, 20)}, ${name.length} letters` : name));

export async function checkNames({ contract, samples }: EngineTrial): Promise<void> {
  for (const part of ['user', 'terminal'] as const)
    await contract.rule('append', `of two boxes with another ${part} none has what is in the other`, async () => {
      const opened = await samples.open();
      const boxes = NAMES.map((name) => ({ user: 'name', terminal: 'name', [part]: name }));
      await opened.mailbox.append(
        boxes.map((box, index) => posting(String(index), { boxes: [box] })),
        { messages: NAMES.length, bytes: 1000 },
      );
      const engine = await restarted(samples, opened);
      const found: string[] = [];
      for (const box of boxes) found.push(...(await textsIn(engine, box)));
      const told = (await engine.mailbox.fullest(100)).map((box) => box[part]);
      return allOf([
        isSame(
          found,
          NAMES.map((_, index) => String(index)),
        ),
        isSame(quoted([...told].sort()), quoted([...NAMES].sort())),
      ]);
    });
  await contract.rule('append', 'of two marks that differ none is known by the other', async () => {
    const engine = await samples.open();
    const outcomes = await keep(engine, ...NAMES.map((mark, index) => posting(String(index), { mark })));
    const again = await keep(engine, ...NAMES.map((mark, index) => posting(`again ${index}`, { mark })));
    return allOf([
      isSame(
        inShort(outcomes),
        NAMES.map(() => 'kept'),
      ),
      isSame(
        inShort(again),
        NAMES.map(() => 'known'),
      ),
    ]);
  });
  for (const part of ['table', 'key'] as const)
    await contract.rule('records', `of two records with another ${part} none is the other`, async () => {
      const opened = await samples.open();
      const places = NAMES.map((name) => ({ table: 'name', key: 'name', [part]: name }));
      await opened.records.write(places.map((place, index) => ({ ...place, value: { index }, writtenAt: NOON })));
      const engine = await restarted(samples, opened);
      const found: unknown[] = [];
      for (const { table, key } of places) found.push((await engine.records.read(table, key))?.['index']);
      const counts = await Promise.all(places.map(({ table }) => engine.records.count(table)));
      return allOf([
        isSame(
          found.map(String),
          NAMES.map((_, index) => String(index)),
        ),
        isValue(Math.max(...counts), part === 'table' ? 1 : NAMES.length),
      ]);
    });
  await contract.rule(
    'list',
    'records are listed by their keys in the order of code units, from an empty text on',
    async () => {
      const engine = await samples.open();
      const keys = [...NAMES, ...numbered(20)].filter((key) => key !== '').sort();
      const mixed = [...keys].sort((one, other) => one.length - other.length);
      await engine.records.write(mixed.map((key) => ({ table: 'table', key, value: {}, writtenAt: NOON })));
      const listed: string[] = [];
      for (;;) {
        const page = await engine.records.list('table', listed.at(-1) ?? '', 7);
        if (page.length === 0 || listed.length > keys.length) break;
        listed.push(...page.map(({ key }) => key));
      }
      return isSame(quoted(listed), quoted(keys));
    },
  );
}
