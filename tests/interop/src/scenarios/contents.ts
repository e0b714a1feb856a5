/** Every content and command, extreme texts and numbers. */
import type { JsonMap } from 'dimp';
import { CONTENT_ROWS, type ContentRow, type Names } from '../content-values.ts';
import { send, type Exchange } from '../exchange.ts';
import { understand, type Scenario } from '../scenario.ts';
import { Unsupported } from '../side.ts';
import { asText, text } from '../values.ts';
import { makeContent } from '../own/kinds.ts';

/** Names for the values of contents. */
export async function namesOf({ writer, reader, world }: Exchange): Promise<Names> {
  const author = await world.person(writer, 'MKM with ECC');
  const other = await world.person(reader, 'MKM with ECC');
  const group = await world.group(writer);
  const fileKey = text(await writer.request('new-key', { algorithm: 'AES' }), 'key');
  const [visa = ''] = author.documents;
  return { writer: author.id, reader: other.id, group: group.id, meta: author.meta, visa, fileKey };
}

async function exchangeContent(exchange: Exchange, row: ContentRow, options: JsonMap = {}): Promise<void> {
  const names = await namesOf(exchange);
  const values = row.values(names);
  await send(exchange, {
    sender: names.writer,
    receiver: names.reader,
    kind: row.kind,
    values: row.kind === 'map' ? { ...values, ...groupIn(values) } : values,
    ...(row.expected !== undefined && { expected: row.expected(names) }),
    options,
  });
}

/** The group of a map is among its fields. */
function groupIn(values: JsonMap): JsonMap {
  const group = makeContent('map', values).group;
  return group === undefined ? {} : { group: group.toString() };
}

function rowsOf(options: JsonMap, rows: readonly ContentRow[]): Record<string, (exchange: Exchange) => Promise<void>> {
  const { shape } = options;
  return Object.fromEntries(
    rows.map((row) => [
      row.name,
      async (exchange) => {
        const { shapes } = exchange.writer.introduction;
        if (shape !== undefined && !shapes.includes(asText(shape))) throw new Unsupported('writes no such shapes');
        return exchangeContent(exchange, row, options);
      },
    ]),
  );
}

function textRow(name: string, value: string): ContentRow {
  return { kind: 'text', name, values: () => ({ text: value }) };
}

const TEXTS: readonly ContentRow[] = [
  textRow('an empty text', ''),
  textRow('all planes of Unicode', 'aé漢字😀𝔘‮\u{10FFFF} ﷽ é'),
  textRow('control characters and quotes', '\u0000\u0001\b\t\n\f\r\u001f"\\/\u007f\u2028\u2029'),
  textRow('text that looks like JSON', '{"type":1,"text":"no"}'),
  textRow('blanks only', ' \t\r\n '),
  textRow('a text of 1 MiB', 'é漢😀x'.repeat(1024 * 104)),
];

function numberRow(name: string, values: JsonMap): ContentRow {
  return { kind: 'text', name, values: () => ({ text: 'x', ...values }) };
}

function amountRow(name: string, amount: number): ContentRow {
  return { kind: 'money', name, values: () => ({ currency: 'USD', amount }) };
}

const NUMBERS: readonly ContentRow[] = [
  numberRow('sn 1', { sn: '1' }),
  numberRow('sn 2^31 - 1', { sn: '2147483647' }),
  numberRow('sn 2^53 + 1', { sn: '9007199254740993' }),
  numberRow('sn 2^63 + 1', { sn: '9223372036854775809' }),
  numberRow('sn 2^64 - 1', { sn: '18446744073709551615' }),
  numberRow('time in whole seconds', { time: 1_700_000_000 }),
  numberRow('time in microseconds', { time: 1_700_000_000.123456 }),
  numberRow('time near 1970', { time: 0.25 }),
  amountRow('amount 0', 0),
  amountRow('amount 0.1 + 0.2', 0.1 + 0.2),
  amountRow('amount 1e-7', 1e-7),
  amountRow('amount 2^53 - 1', Number.MAX_SAFE_INTEGER),
  numberRow('integers of 30 digits', { more: '{"n":123456789012345678901234567890,"m":-9007199254740993}' }),
];

export const CONTENTS: readonly Scenario[] = [
  ...understand('Contents and commands', rowsOf({}, CONTENT_ROWS)),
  ...understand('Contents and commands, shape deployed', rowsOf({ shape: 'deployed' }, CONTENT_ROWS)),
  ...understand('Texts', rowsOf({}, TEXTS)),
  ...understand('Numbers', rowsOf({}, NUMBERS)),
];
