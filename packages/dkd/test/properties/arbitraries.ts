/** Envelopes, contents and messages to state properties about, with unknown fields among them. */
import * as fc from 'fast-check';
import { changedMap, fieldsOfNobody, readValue } from '../../../../tests/support/changes.ts';
import { bitcoinStyleAddress } from 'dimplugins';
import { type Content, type ID, type JsonMap } from '../../src/index.ts';
import { MESSAGE_FIELDS } from '../../src/extend.ts';
import { CONTENT_NAMES, MESSAGE_NAMES } from '../../src/packing/short-names.ts';
import { context } from '../world.ts';

/** Any code point but surrogates. The library's own unit for this takes more than a second to make. */
const codePoint = fc
  .oneof(fc.nat(0x7f), fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

const name = fc.string({ unit: fc.constantFrom(...Array.from('abzAZ019-_.é你😀')), minLength: 1, maxLength: 8 });

/** An ID of a network, with or without name and terminal. */
function idOf(network: fc.Arbitrary<number>, terminal: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom('', 'a@', 'bob@', '你好@'), fc.uint8Array({ minLength: 1, maxLength: 8 }), network, terminal)
    .map(([prefix, fingerprint, type, suffix]) => prefix + bitcoinStyleAddress(fingerprint, type).text + suffix);
}

const anyTerminal = fc.oneof(
  fc.constant(''),
  name.map((text) => `/${text}`),
);
export const userId: fc.Arbitrary<string> = idOf(fc.constantFrom(0, 2, 4), anyTerminal);
export const groupId: fc.Arbitrary<string> = idOf(fc.constantFrom(1, 0x41), fc.constant(''));
export const broadcastId: fc.Arbitrary<string> = fc.constantFrom(
  'anyone@anywhere',
  'everyone@everywhere',
  'stations@everywhere',
  'moky@anywhere',
);
export const anyId: fc.Arbitrary<string> = fc.oneof(userId, groupId, broadcastId);

export const time: fc.Arbitrary<number | string> = fc.oneof(
  fc.nat(),
  fc.double({ min: 0, max: 4e9, noNaN: true }).map((seconds) => seconds + 0),
  fc.nat().map((seconds) => `${seconds}.5`),
);
const serialNumber = fc.oneof(
  fc.integer({ min: 1, max: 0x7fff_ffff }),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
);
const contentType = fc.oneof(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff).map(String), fc.constantFrom('text', 'Command'));

/** Fields that mean nothing to this layer; `S` is a short name that is never read. */
export const unknownFields: fc.Arbitrary<JsonMap> = fieldsOfNobody('S', 'traces', '你');

function withUnknown(fields: fc.Arbitrary<object>): fc.Arbitrary<JsonMap> {
  return fc.tuple(unknownFields, fields).map(([unknown, own]) => ({ ...unknown, ...own }));
}

export const envelopeMap: fc.Arbitrary<JsonMap> = withUnknown(
  fc.record({ sender: userId, receiver: anyId, time, group: groupId, type: contentType }, { requiredKeys: ['sender'] }),
);

/** Content maps that no plugin of this layer knows: all is kept. */
export const contentMap: fc.Arbitrary<JsonMap> = withUnknown(
  fc.record(
    { type: contentType, sn: serialNumber, time, group: groupId, text: fc.string({ unit: codePoint }) },
    { requiredKeys: ['type', 'sn'] },
  ),
);

export const instantMap: fc.Arbitrary<JsonMap> = fc
  .tuple(envelopeMap, contentMap)
  .map(([envelope, content]) => ({ ...envelope, content }));

const base64 = fc.base64String({ minLength: 4, maxLength: 32 }).filter((text) => isCanonical(text));
const keys = fc
  .array(fc.tuple(userId, base64), { maxLength: 3 })
  .map((entries): JsonMap => Object.fromEntries([...entries, ['digest', '0123']]));

/** Encrypted messages from nowhere: their structure is right, their ciphertext is not. */
export const secureMap: fc.Arbitrary<JsonMap> = withUnknown(
  fc
    .tuple(
      fc.record(
        { sender: userId, receiver: fc.oneof(userId, groupId), time, group: groupId },
        { requiredKeys: ['sender', 'receiver'] },
      ),
      fc.record({ data: base64, keys, key: base64, IV: base64 }, { requiredKeys: ['data'] }),
    )
    .map(([envelope, secure]) => ({ ...envelope, ...secure })),
);

export const reliableMap: fc.Arbitrary<JsonMap> = fc
  .tuple(
    secureMap,
    fc.record({ signature: base64, meta: unknownFields, visa: unknownFields }, { requiredKeys: ['signature'] }),
  )
  .map(([secure, signed]) => ({ ...secure, ...signed }));

function isCanonical(text: string): boolean {
  return btoa(atob(text)) === text;
}

/** The map with some names short, and some fields under both names. */
export function shortened(map: JsonMap, names: ReadonlyMap<string, string>, choices: readonly number[]): JsonMap {
  const shortOf = new Map([...names].map(([short, long]) => [long, short]));
  const entries = Object.entries(map).flatMap(([long, value], index): [string, JsonMap[string]][] => {
    const short = long === 'key' ? 'K' : shortOf.get(long);
    // One K cannot stand for both.
    if (short === undefined || (long === 'key' && Object.hasOwn(map, 'keys'))) return [[long, value]];
    const both: [string, JsonMap[string]][] = [
      [short, value],
      [long, value],
    ];
    return both.slice(
      ...([
        [0, 1],
        [1, 2],
        [0, 2],
      ][(choices[index % choices.length] ?? 0) % 3] as [number, number]),
    );
  });
  return Object.fromEntries(entries);
}

export const nameChoices: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(2), { minLength: 4, maxLength: 8 });

/** A valid map with one thing wrong: a short twin that differs, among others. */
export function mutated(valid: fc.Arbitrary<JsonMap>): fc.Arbitrary<JsonMap> {
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom(...MESSAGE_FIELDS, ...MESSAGE_NAMES.keys(), ...CONTENT_NAMES.keys()),
  );
  return changedMap(valid, names, fc.oneof(readValue, fc.bigInt(), anyId, base64));
}

/** Contents from the maps above. */
export const content: fc.Arbitrary<Content> = contentMap.map((map) => context.Content.parse(map));

export function idsOf(...texts: readonly string[]): ID[] {
  return texts.map((text) => context.ID.parse(text));
}
