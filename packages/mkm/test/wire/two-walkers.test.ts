/**
 * JSON that was just parsed is frozen where it is, everything else is copied: two walks, one set of rules. Both are run on
 * every input that the fuzzer keeps and on every vector, under the usual limits and under narrow ones.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, type JsonValue, type Limits } from '../../src/index.ts';
import { copyJson } from '../../src/extend.ts';
import { freezeParsed } from '../../src/wire/json-map.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const texts = ['tests/fuzz/corpus', 'vectors']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .filter(isJson);

const all: readonly Limits[] = [
  DEFAULT_LIMITS,
  { ...DEFAULT_LIMITS, jsonDepth: 0 },
  { ...DEFAULT_LIMITS, jsonDepth: 2 },
  { ...DEFAULT_LIMITS, jsonValues: 1 },
  { ...DEFAULT_LIMITS, jsonValues: 7 },
  { ...DEFAULT_LIMITS, messageBytes: 0 },
  { ...DEFAULT_LIMITS, messageBytes: 20 },
];

test('there is enough to walk over', () => {
  expect(texts.length).toBeGreaterThan(400);
});

test.each(all)('both walks take the same values under %j', (limits) => {
  const outcomes = new Set<string>();
  for (const text of texts) {
    const value: unknown = JSON.parse(text);
    const outcome = freezeParsed(value, limits);
    outcomes.add(outcome);
    const copy = copyOrError(JSON.parse(text), limits);
    // What was rounded is copied in any case: a number may have become infinite.
    const expected = outcome === 'rounded' ? 'error' in copy : outcome === 'refused';
    expect([text, 'error' in copy]).toEqual([text, expected]);
    if ('error' in copy) continue;
    expect(copy.value).toEqual(value);
    expect([isFrozen(value), isFrozen(copy.value)]).toEqual([true, true]);
  }
  expect(outcomes.size).toBeGreaterThan(1);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function copyOrError(value: unknown, limits: Limits): { readonly value: JsonValue } | { readonly error: unknown } {
  try {
    return { value: copyJson(value, limits) };
  } catch (error) {
    return { error };
  }
}

function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every((item) => isFrozen(item));
}
