/** The texts of the page in each language. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { common } from '../../src/language/en/common.ts';
import { people } from '../../src/language/en/people.ts';
import { start } from '../../src/language/en/start.ts';
import { talk } from '../../src/language/en/talk.ts';
import { LANGUAGES } from '../../src/language/language.ts';

test('a name stands for one text: none is in two files', () => {
  const names = [common, start, people, talk].flatMap((texts) => Object.keys(texts));
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

test('what is filled in is the same in each language', () => {
  const placesOf = (text: string): readonly string[] =>
    [...text.matchAll(/\{(\w{1,40})\}/g)].map(([place]) => place).sort();
  for (const [name, text] of Object.entries(LANGUAGES.en))
    assert.deepEqual(placesOf(LANGUAGES.zh[name as keyof typeof LANGUAGES.zh]), placesOf(text), name);
});
