/**
 * JSONTestSuite: texts that every parser must read (`y_`), must refuse (`n_`), or may do either with (`i_`).
 * What is no UTF-8 is refused at decoding; integers beyond 2^53 are kept as bigint.
 */
import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import { describeVectors } from '../../../../tests/support/public-vectors.ts';
import { DimError, parseJson, stringifyJson, type JsonValue } from '../../src/index.ts';
import { decodeUtf8, parseJsonMap } from '../../src/extend.ts';

/** The error of an action, or undefined; anything but a DimError fails the test. */
function refusalOf(action: () => unknown): DimError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof DimError) return error;
    throw error;
  }
}

/** The value with its bigints rounded, as JSON.parse rounds them. */
function rounded(value: JsonValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rounded(item)]));
}

describeVectors('JSONTestSuite', 'jsontestsuite/test_parsing', (vectors) => {
  const named = (prefix: string): readonly string[] => vectors.names().filter((name) => name.startsWith(prefix));
  const read = (name: string): JsonValue => parseJson(decodeUtf8(vectors.bytes(name)));

  test('there are files of each kind, and no others', () => {
    const kinds = [named('y_'), named('n_'), named('i_')];
    expect(kinds.every((files) => files.length > 30)).toBe(true);
    expect(kinds.flat()).toHaveLength(vectors.names().length);
  });

  test.each(named('y_'))('%s', (name) => {
    const value = read(name);
    const text = decodeUtf8(vectors.bytes(name));
    expect(rounded(value)).toEqual(JSON.parse(text));
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    expect(refusalOf(() => parseJsonMap(text))?.code).toBe(isMap ? undefined : 'INPUT_TYPE');
  });

  test.each(named('n_'))('%s', (name) => {
    const error = refusalOf(() => read(name));
    expect(error?.code).toMatch(/^INPUT_(FORMAT|LIMIT)$/);
    expect(error?.message).toMatch(/^.{1,299}$/);
  });

  describe('where parsers may differ', () => {
    /** What is refused although it is UTF-8; a lone surrogate is read, and refused where it would be written. */
    const refused: ReadonlyMap<string, string> = new Map([
      ['i_number_huge_exp.json', 'INPUT_TYPE'],
      ['i_number_neg_int_huge_exp.json', 'INPUT_TYPE'],
      ['i_number_pos_double_huge_exp.json', 'INPUT_TYPE'],
      ['i_number_real_neg_overflow.json', 'INPUT_TYPE'],
      ['i_number_real_pos_overflow.json', 'INPUT_TYPE'],
      ['i_number_very_big_negative_int.json', 'INPUT_LIMIT'],
      ['i_structure_500_nested_arrays.json', 'INPUT_LIMIT'],
      ['i_structure_UTF-8_BOM_empty_object.json', 'INPUT_FORMAT'],
    ]);

    test.each(named('i_'))('%s', (name) => {
      const error = refusalOf(() => read(name));
      expect(error?.code).toBe(isUtf8(vectors.bytes(name)) ? refused.get(name) : 'INPUT_FORMAT');
      expect(error?.message ?? 'read').toMatch(/^.{1,299}$/);
    });

    test('integers of any size that are read are whole', () => {
      expect(read('i_number_too_big_pos_int.json')).toEqual([100000000000000000000n]);
      expect(read('i_number_too_big_neg_int.json')).toEqual([-123123123123123123123123123123n]);
    });

    test.each(named('i_').filter((name) => /surrogate/.test(name) && isUtf8(vectors.bytes(name))))(
      '%s is not written again',
      (name) => {
        expect(refusalOf(() => stringifyJson(read(name)))?.code).toBe('INPUT_FORMAT');
      },
    );
  });
});
