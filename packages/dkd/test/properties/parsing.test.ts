import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DimError, stringifyJson, type Codec, type JsonMap } from '../../src/index.ts';
import { encodeUtf8, parseJsonMap, type WireObject } from '../../src/extend.ts';
import { decodePackage, encodePackage } from '../../src/packing/message-package.ts';
import { withoutPayload } from '../../src/packing/payload-names.ts';
import { CONTENT_NAMES, MESSAGE_NAMES } from '../../src/packing/short-names.ts';
import { context } from '../world.ts';
import {
  contentMap,
  envelopeMap,
  instantMap,
  mutated,
  nameChoices,
  reliableMap,
  secureMap,
  shortened,
} from './arbitraries.ts';
import { assertContract, freeze } from '../../../../tests/support/codec-contract.ts';

const forms: readonly (readonly [string, Codec<WireObject>, fc.Arbitrary<JsonMap>])[] = [
  ['Envelope', context.Envelope, envelopeMap],
  ['Content', context.Content, contentMap],
  ['InstantMessage', context.InstantMessage, instantMap],
  ['SecureMessage', context.SecureMessage, secureMap],
  ['ReliableMessage', context.ReliableMessage, reliableMap],
];

describe.each(forms)('%s', (name, codec, valid) => {
  test('a valid map is written as it was read, with every field, and reads the same again', () => {
    fc.assert(
      fc.property(valid, (map) => {
        const read = codec.parse(freeze(map));
        expect(read.serialize()).toBe(stringifyJson(map));
        const again = codec.parse(parseJsonMap(read.serialize()));
        expect(fc.stringify(again)).toBe(fc.stringify(read));
        expect(again.serialize()).toBe(read.serialize());
        expect(codec.parse(read)).toBe(read);
      }),
      { numRuns: 60 },
    );
  });

  test('short names, long ones and both at once are the same', () => {
    const names = name === 'Content' ? CONTENT_NAMES : MESSAGE_NAMES;
    fc.assert(
      fc.property(valid, nameChoices, (map, choices) => {
        const read = codec.parse(freeze(shortened(map, names, choices)));
        expect(sorted(read.fields)).toBe(sorted(codec.parse(map).fields));
      }),
      { numRuns: 60 },
    );
  });

  test('a map with something wrong, and anything else, has one answer', () => {
    assertContract(codec, mutated(valid), 60);
    assertContract(codec, fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), 40);
  });
});

describe('packages', () => {
  test('any message comes back, with long names and with short ones', () => {
    fc.assert(
      fc.property(fc.oneof(instantMap, secureMap, reliableMap), fc.boolean(), (map, shortNames) => {
        const bytes = encodePackage(freeze(map), { shortNames });
        expect(stringifyJson(decodePackage(bytes, context.limits))).toBe(stringifyJson(map));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['Envelope', context.Envelope, withoutPayload],
    ['SecureMessage', context.SecureMessage, (map: JsonMap) => map],
    ['ReliableMessage', context.ReliableMessage, (map: JsonMap) => map],
  ])(
    'what is no package for %s is refused by a DimError, and what is one reads as its map does',
    (_name, codec, of) => {
      const text = fc.oneof(mutated(reliableMap).map(stringifyJson), fc.json(), fc.string());
      const bytes = fc.oneof(text.map(encodeUtf8), fc.uint8Array());
      fc.assert(
        fc.property(bytes, (packed) => {
          const [decoded, parsed] = [
            outcome(() => codec.decode(packed)),
            outcome(() => codec.parse(of(mapOf(packed)))),
          ];
          expect(decoded).toBe(parsed);
        }),
        { numRuns: 200 },
      );
    },
  );
});

function mapOf(bytes: Uint8Array): JsonMap {
  return decodePackage(bytes, context.limits);
}

/** The map that came out, or the error; what is no DimError fails the test. */
function outcome(read: () => WireObject): string {
  try {
    return read().serialize();
  } catch (error) {
    if (error instanceof DimError) return error.message;
    throw error;
  }
}

function sorted(map: JsonMap): string {
  return stringifyJson(Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1))));
}
