/** Random values for contents of random kinds. */
import type { JsonMap, JsonValue } from 'dimp';
import { CONTENT_ROWS, type Names } from './content-values.ts';
import type { Random } from './random.ts';

const CHARACTERS: readonly string[] = [
  'a',
  'B',
  '7',
  ' ',
  '\n',
  '\t',
  '"',
  '\\',
  '/',
  '{',
  '}',
  '<',
  '\u0000',
  '\u007f',
  '\u2028',
  '\uFEFF',
  'é',
  'ß',
  'я',
  'ش',
  '漢',
  '字',
  '한',
  '𝔘',
  '😀',
  '👩‍👩‍👧',
  '\u0301',
  '\u202e',
  '\u{10FFFF}',
];

const SERIAL_NUMBERS: readonly string[] = ['1', '2147483647', '2147483648', '9007199254740993', '18446744073709551615'];

/** What is sent: a kind and its values. */
export interface RandomContent {
  readonly kind: string;
  readonly values: JsonMap;
  readonly expected?: JsonMap;
}

/** A text of any characters. */
export function randomText(random: Random): string {
  const length = random.once(20) ? random.integer(1000, 20_000) : random.integer(0, 40);
  return Array.from({ length }, () => random.pick(CHARACTERS)).join('');
}

/** A content: half of them texts, the others rows of the matrix with other numbers and further fields. */
export function randomContent(random: Random, names: Names, group: string | undefined): RandomContent {
  const common = { ...commonValues(random), ...(group !== undefined && { group }) };
  if (random.once(2)) return { kind: 'text', values: { text: randomText(random), ...common } };
  const rows = CONTENT_ROWS.filter(({ kind }) => kind !== 'map');
  const row = random.pick(rows);
  const values = { ...common, ...randomize(random, row.values(names)) };
  const expected = row.expected?.(names);
  return { kind: row.kind, values, ...(expected !== undefined && { expected }) };
}

function commonValues(random: Random): JsonMap {
  return {
    sn: random.once(3) ? random.pick(SERIAL_NUMBERS) : String(random.integer(1, 0x7fff_ffff)),
    time: random.once(3)
      ? random.integer(1, 2_000_000_000)
      : random.integer(1, 2_000_000_000) + random.integer(0, 999_999) / 1e6,
    ...(random.once(4) && { more: JSON.stringify({ [`x${randomText(random)}`]: randomJson(random, 0) }) }),
  };
}

/** Other amounts, and other texts where any text will do. */
function randomize(random: Random, values: JsonMap): JsonMap {
  const changes: { [name: string]: JsonValue } = {};
  if (values['amount'] !== undefined) changes['amount'] = random.integer(0, 1_000_000_000) / 10 ** random.integer(0, 9);
  for (const name of ['text', 'title', 'name', 'desc', 'html']) {
    if (typeof values[name] === 'string' && values['session'] === undefined) changes[name] = randomText(random) || 'x';
  }
  return { ...values, ...changes };
}

function randomJson(random: Random, depth: number): JsonValue {
  switch (random.integer(0, depth < 3 ? 6 : 4)) {
    case 0:
      return null;
    case 1:
      return random.once(2);
    case 2:
      return random.integer(-1_000_000, 1_000_000);
    case 3:
      return random.integer(-1_000_000, 1_000_000) / 1024;
    case 4:
      return randomText(random);
    case 5:
      return Array.from({ length: random.integer(0, 4) }, () => randomJson(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.integer(0, 4) }, () => [randomText(random), randomJson(random, depth + 1)]),
      );
  }
}
