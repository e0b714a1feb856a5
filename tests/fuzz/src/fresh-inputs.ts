/**
 * Inputs made from nothing: maps with the protocol's names, and all that JSON has in them.
 *
 * They are made outside of the workers: the coverage of a worker takes the longer, the more code it has loaded.
 */
import {
  array,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  record,
  sample,
  string,
  tuple,
  uint8Array,
  type Arbitrary,
} from 'fast-check';
import { NAMES, NUMBERS, WORDS } from './dictionary.ts';
import { writeTree, type JsonValue } from './json-tree.ts';

/** A value of any type, most often one that means something. */
const anyValue: Arbitrary<JsonValue> = oneof(
  { weight: 4, arbitrary: constantFrom(...WORDS) },
  { weight: 2, arbitrary: constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: jsonValue({ maxDepth: 3, noUnicodeString: false }) as Arbitrary<JsonValue> },
  {
    weight: 1,
    arbitrary: dictionary(constantFrom(...NAMES), constantFrom<JsonValue>(...WORDS, ...NUMBERS), { maxKeys: 4 }),
  },
  { weight: 1, arbitrary: array(constantFrom<JsonValue>(...WORDS, ...NUMBERS), { maxLength: 4 }) },
);

/** A map with some of these fields, and some others. */
function mapsWith(names: readonly string[]): Arbitrary<Uint8Array> {
  const fields = Object.fromEntries(names.map((name) => [name, anyValue]));
  const others = dictionary(constantFrom(...NAMES), anyValue, { maxKeys: 3 });
  return record({ known: record(fields, { requiredKeys: [] }), others }).map(({ known, others: more }) =>
    writeTree({ ...more, ...known } as JsonValue),
  );
}

/** Any value as JSON. */
const anyJson: Arbitrary<Uint8Array> = anyValue.map(writeTree);

/** Any bytes. */
const anyBytes: Arbitrary<Uint8Array> = uint8Array({ maxLength: 80 });
const NAMES_IN_IDS = ['hulk', 'moki', 'a', 'anyone', '\u0130', 'x'.repeat(200), ''];
const ADDRESSES = [
  '126LCHc9Qcvp928puqyS3dphrDNrN4GzTc',
  '0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354',
  '0X5573970F81CDDDAF6A764EAC18CC6398F8F11354',
  'VXTfrasVnf24GGYPUCQQUsKaXwnMi8Qe7',
  'anywhere',
  'EveryWhere',
];
const idTexts = tuple(
  oneof(constantFrom(...NAMES_IN_IDS), string({ unit: 'binary', maxLength: 8 })),
  constantFrom('@', '', '@@', '/'),
  oneof(constantFrom(...ADDRESSES), string({ unit: 'grapheme-ascii', minLength: 20, maxLength: 42 })),
  constantFrom('', '/', '/phone', '/*', '/a/b', '/a@b'),
).map((parts) => new TextEncoder().encode(JSON.stringify(parts.join(''))));

const dataUris = tuple(
  constantFrom('data:', 'DATA:', 'data', 'base64,'),
  constantFrom('', 'text/plain', 'image/png', 'a', '/', 'a/b/c'),
  constantFrom('', ';charset=utf-8', ';filename=a.png', ';a=b;a=c', ';base64', ';BASE64', ';x', ';__proto__=1'),
  constantFrom('', ';base64'),
  constantFrom(',', '', ',,'),
  oneof(
    constantFrom('', 'AAAA', 'AA==', 'AB==', '%41', '%', '%4', '%zz', '\ud800'),
    string({ unit: 'binary', maxLength: 8 }),
  ),
).map((parts) => new TextEncoder().encode(JSON.stringify(parts.join(''))));

const MESSAGE = [
  'sender',
  'receiver',
  'time',
  'group',
  'type',
  'data',
  'keys',
  'key',
  'signature',
  'meta',
  'visa',
  'IV',
];

const arbitraries: ReadonlyMap<string, Arbitrary<Uint8Array>> = new Map([
  ['packages', mapsWith(MESSAGE)],
  ['messages', mapsWith(MESSAGE)],
  [
    'contents',
    oneof(
      mapsWith(['type', 'sn', 'time', 'group', 'text']),
      mapsWith(['type', 'sn', 'command', 'group', 'members', 'did', 'documents', 'meta', 'origin']),
      mapsWith(['type', 'sn', 'app', 'mod', 'act', 'keys', 'from', 'to']),
      mapsWith(['type', 'sn', 'data', 'filename', 'URL', 'key', 'password', 'thumbnail']),
    ),
  ],
  [
    'identities',
    oneof(
      idTexts,
      anyJson,
      mapsWith(['type', 'version', 'key', 'seed', 'fingerprint']),
      mapsWith(['did', 'ID', 'type', 'data', 'signature']),
    ),
  ],
  ['keys', mapsWith(['algorithm', 'data', 'iv', 'IV', 'mode', 'padding', 'digest', 'curve', 'compressed', 'keySize'])],
  ['codecs', oneof(anyBytes, anyJson)],
  ['replays', uint8Array({ minLength: 40, maxLength: 400 })],
  ['files', oneof(dataUris, anyJson, mapsWith(['data', 'filename', 'URL', 'key', 'password', 'algorithm']))],
]);

/** Inputs for a target; the same for the same seed. */
export function makeInputs(target: string, seed: number, count: number): readonly Uint8Array[] {
  const arbitrary = arbitraries.get(target);
  return arbitrary === undefined ? [] : sample(arbitrary, { numRuns: count, seed });
}
