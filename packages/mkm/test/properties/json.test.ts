import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseJson, stringifyJson } from '../../src/index.ts';
import { changeFields, copyJson, copyJsonMap, createCodec } from '../../src/extend.ts';
import { assertContract, freeze, outcomeOf, show } from '../../../../tests/support/codec-contract.ts';
import { anything, fieldName, jsonMap, jsonValue, text } from './arbitraries.ts';

const textCodec = createCodec((input) => parseJson(String(input)));

describe('JSON', () => {
  test('a text of any value reads as that value, and is written as the same text', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const written = stringifyJson(value);
        expect(show(parseJson(written))).toBe(show(value));
        expect(stringifyJson(parseJson(written))).toBe(written);
      }),
      { numRuns: 120 },
    );
  });

  test('a copy is equal, frozen through and through, and shares nothing that could change', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const copy = copyJson(freeze(value));
        expect(show(copy)).toBe(show(value));
        checkFrozen(copy);
        expect(show(copyJson(copy))).toBe(show(copy));
      }),
    );
  });

  test('a change touches the fields that it names and no others', () => {
    fc.assert(
      fc.property(jsonMap, fieldName, fc.option(jsonValue, { nil: undefined }), (map, name, value) => {
        const original = copyJsonMap(map);
        const changed = changeFields(original, Object.fromEntries([[name, value]]));
        const others = Object.entries(original).filter(([other]) => other !== name);
        const wanted = value === undefined ? others : [...others, [name, value] as const];
        expect(show(changed)).toBe(show(Object.fromEntries(wanted)));
        expect(show(original)).toBe(show(map));
      }),
    );
  });

  test('anything at all is copied or refused, and left as it was', () => {
    assertContract(createCodec(copyJson), anything, 60);
  });

  test('any text is JSON or refused; one changed character too', () => {
    assertContract(textCodec, text);
    const changed = fc
      .tuple(jsonMap.map(stringifyJson), fc.nat(), fc.constantFrom(...Array.from('"\\{}[],:0-e \u0000\ud800')))
      .map(([json, at, character]) => {
        const index = at % json.length;
        return json.slice(0, index) + character + json.slice(index + 1);
      });
    fc.assert(
      fc.property(changed, (json) => {
        const outcome = outcomeOf(textCodec, json);
        // The platform's own reader says what JSON is; ours only rounds less, and refuses what is too large.
        expect('error' in outcome && outcome.error.code === 'INPUT_FORMAT').toBe(!isJson(json));
      }),
      { numRuns: 120 },
    );
  });
});

function isJson(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

function checkFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  expect(Object.isFrozen(value)).toBe(true);
  for (const item of Object.values(value)) checkFrozen(item);
}
