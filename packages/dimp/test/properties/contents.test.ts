import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { dimpDefinitions } from '../../src/context/dimp-definitions.ts';
import { stationPlugin, parseJson, stringifyJson } from '../../src/index.ts';
import { contentInShape } from '../../src/wire-shapes/wire-shape.ts';
import { anyContent, commands, leaves, mutated, nests, withNetwork } from './arbitraries.ts';
import { assertContract, freeze } from '../../../../tests/support/codec-contract.ts';

const { Content } = withNetwork;
const kinds = Object.entries({ ...leaves, ...nests, ...commands });

test('every definition of this layer has a property here', () => {
  const samples = kinds.flatMap(([, valid]) => fc.sample(valid, 5));
  const types = new Set(samples.map((map) => Content.parse(map).type));
  const names = new Set(samples.map((map) => map['command'] ?? map['cmd']));
  // Two earlier names of a command that is among them.
  const earlier = new Set(['document', 'profile']);
  const missing = [...dimpDefinitions.definitions, ...stationPlugin.definitions].filter(
    (definition) =>
      (definition.defines === 'content' && !types.has(definition.type)) ||
      (definition.defines === 'command' && !names.has(definition.command) && !earlier.has(definition.command)),
  );
  expect(missing).toEqual([]);
});

describe.each(kinds)('%s', (kind, valid) => {
  test('is written as it was read, with every field, and reads the same again', () => {
    fc.assert(
      fc.property(valid, (map) => {
        const content = Content.parse(freeze(map));
        expect(content.kind).toBe(kind);
        expect(content.serialize()).toBe(stringifyJson(map));
        const again = Content.parse(parseJson(content.serialize()));
        expect(fc.stringify(again)).toBe(fc.stringify(content));
      }),
      { numRuns: 12 },
    );
  });

  test('with something wrong in it has one answer', () => {
    assertContract(Content, mutated(valid), 12);
  });
});

test('as deployed clients are written to, a content reads as the same kind and keeps its unknown fields', () => {
  fc.assert(
    fc.property(anyContent, (map) => {
      const content = Content.parse(map);
      const written = contentInShape(content.fields, 'deployed');
      const { kind, sn, time, group } = Content.parse(written);
      expect([kind, time, group?.toString()]).toEqual([content.kind, content.time, content.group?.toString()]);
      // The earliest receipts have the serial number of what they answer as their own.
      if (kind !== 'receipt') expect(sn).toBe(content.sn);
      for (const name of Object.keys(map).filter((one) => one.startsWith('x-') || one === '__proto__')) {
        expect(stringifyJson(written[name] ?? null)).toBe(stringifyJson(map[name] ?? null));
      }
    }),
  );
});
