/** Values to state properties about: JSON, and the texts and maps of this layer. Structured, so that most are valid. */
import * as fc from 'fast-check';
import { changedMap } from '../../../../tests/support/changes.ts';
import { type JsonMap, type JsonValue } from '../../src/index.ts';
import { encodeBase64 } from '../../src/extend.ts';

/** Any code point but surrogates. The library's own unit for this takes more than a second to make. */
const codePoint = fc
  .oneof(fc.nat(0x7f), fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

/** Text of any code points; none that UTF-8 cannot write. */
export const text: fc.Arbitrary<string> = fc.string({ unit: codePoint, maxLength: 12 });

/** Names of fields; among them those that mean something to JavaScript. */
export const fieldName: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON', 'then', ''),
  },
);

/** Names of fields that no reader of this layer knows. */
export const unknownName: fc.Arbitrary<string> = fc.oneof(
  text.map((name) => `x-${name}`),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON'),
);

/** Integers that a JSON number would round. */
const longInteger = fc
  .bigInt({ min: 2n ** 53n, max: 10n ** 40n - 1n })
  .chain((value) => fc.constantFrom(value, -value));

/** Adding zero makes zero of minus zero, which JSON text does not keep. */
const number = fc
  .oneof(fc.maxSafeInteger(), fc.double({ min: -1e15, max: 1e15, noNaN: true }))
  .map((value) => value + 0);

const scalar = fc.oneof<fc.Arbitrary<JsonValue>[]>(text, number, longInteger, fc.boolean(), fc.constant(null));

const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fieldName, tie('tree')), { maxLength: 4 })
      .map((entries): JsonValue => Object.fromEntries(entries)),
  ),
}));

/** Any JSON value that a round trip keeps as it is. */
export const jsonValue: fc.Arbitrary<JsonValue> = tree;

/** A map with any fields. */
export const jsonMap: fc.Arbitrary<JsonMap> = mapOf(fieldName);

/** Fields that mean nothing to this layer. */
export const unknownFields: fc.Arbitrary<JsonMap> = mapOf(unknownName);

function mapOf(name: fc.Arbitrary<string>): fc.Arbitrary<JsonMap> {
  return fc.array(fc.tuple(name, jsonValue), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

/** A map with unknown fields beside its own. */
export function withUnknown<T extends JsonMap>(map: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.tuple(unknownFields, map).map(([unknown, own]) => ({ ...unknown, ...own }));
}

const nameLetter = fc.constantFrom(...Array.from('abzAZ019-_.:*#+=%!~é你好😀\u0301'));
/** A name or a terminal in an ID. */
export const idPart: fc.Arbitrary<string> = fc
  .string({ unit: nameLetter, minLength: 1, maxLength: 12 })
  // A combining mark stands on something.
  .map((part) => part.replace(/^\u0301/, 'e\u0301'));

/** An address of the test plugin, of any network. */
export const address: fc.Arbitrary<string> = fc
  .tuple(fc.nat(0xff), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
  .map(([network, hash]) => `${network.toString(16).padStart(2, '0')}x${hash.toString(16).padStart(16, '0')}`);

/** The broadcast words, in any letter case. */
export const broadcastAddress: fc.Arbitrary<string> = fc.mixedCase(fc.constantFrom('anywhere', 'everywhere'));

/** The text of an ID. */
export const idText: fc.Arbitrary<string> = fc
  .tuple(
    fc.option(idPart, { nil: undefined }),
    fc.oneof({ weight: 4, arbitrary: address }, { weight: 1, arbitrary: broadcastAddress }),
    fc.option(idPart, { nil: undefined }),
  )
  .map(
    ([name, where, terminal]) =>
      (name === undefined ? '' : `${name}@`) + where + (terminal === undefined ? '' : `/${terminal}`),
  );

export const bytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ minLength: 1, maxLength: 40 });
export const base64: fc.Arbitrary<string> = bytes.map(encodeBase64);

const mimeType = fc.constantFrom('', 'text/plain', 'image/png', 'application/vnd.x+json');
const parameter = fc.constantFrom('', ';charset=utf-8', ';filename=a.png', ';a=1;b=2');
const percentBody = fc.oneof(
  text.map((body) => encodeURIComponent(body)),
  fc.constantFrom('', 'Hello, world', '%00%fF'),
);

/** A data URI, with a body in base64 or in the clear. */
export const dataUri: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(mimeType, parameter, base64).map(([type, more, body]) => `data:${type}${more};base64,${body}`),
  fc.tuple(mimeType, parameter, percentBody).map(([type, more, body]) => `data:${type}${more},${body}`),
);

/** TED, transportable encoded data, in each of its forms. */
export const transportableData: fc.Arbitrary<JsonValue> = fc.oneof<fc.Arbitrary<JsonValue>[]>(
  base64,
  base64.map((body) => `base64,${body}`),
  dataUri,
  withUnknown(base64.map((data) => ({ algorithm: 'base64', data }))),
);

/** A URL. The library's own takes more than a second to make. */
const url = fc
  .tuple(
    fc.constantFrom('https://', 'http://', 'HTTPS://'),
    fc.constantFrom('a', 'a.example', 'ä你.example:8080', '127.0.0.1', '[::1]'),
    fc.constantFrom('', '/', '?', '#'),
    fc.string({ unit: fc.constantFrom(...Array.from('abz09.-_~:/?#[]@!$&()*+,;=%é你')), maxLength: 20 }),
  )
  .map(([scheme, host, mark, rest]) => scheme + host + mark + (mark === '' ? '' : rest));
const filename = fc.string({ unit: fc.constantFrom(...Array.from('ab.é你 -_😀')), minLength: 3, maxLength: 12 });

/** PNF, a portable network file, as a map. */
export const networkFileMap: fc.Arbitrary<JsonMap> = withUnknown(
  fc
    .record({ URL: url, filename, data: transportableData, key: jsonMap }, { requiredKeys: [] })
    .map((map): JsonMap => map),
);

/** Anything at all: what no reader may choke on. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: true,
  }),
  jsonValue,
  jsonMap,
);

/** A valid map with one thing wrong. */
export function mutated(valid: fc.Arbitrary<JsonMap>): fc.Arbitrary<JsonMap> {
  return changedMap(valid, fieldName, jsonValue);
}
