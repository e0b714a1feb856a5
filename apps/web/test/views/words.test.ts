/** Texts: each language has all of them, with the same parts; and a sentence for all that may go wrong. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { common } from '../../src/language/en/common.ts';
import { failures } from '../../src/language/en/failures.ts';
import { people } from '../../src/language/en/people.ts';
import { start } from '../../src/language/en/start.ts';
import { talk } from '../../src/language/en/talk.ts';
import { failureText } from '../../src/language/failure-text.ts';
import { language, LANGUAGES, languageOf, t, type TextName } from '../../src/language/language.ts';

const names = Object.keys(LANGUAGES.en) as TextName[];
const partsOf = (text: string) => [...text.matchAll(/\{(\w{1,40})\}/g)].map(([, part]) => part);

test('each language has the same parts in each text, and no text is empty', () => {
  for (const [tag, texts] of Object.entries(LANGUAGES)) {
    assert.deepEqual(Object.keys(texts).sort(), [...names].sort(), tag);
    for (const name of names) {
      assert.deepEqual(new Set(partsOf(texts[name])), new Set(partsOf(LANGUAGES.en[name])), `${tag} ${name}`);
      assert.notEqual(texts[name].trim(), '', `${tag} ${name}`);
    }
  }
});

test('no two files of texts have the same name: the later one would count', () => {
  const all = [common, failures, people, start, talk].flatMap((texts) => Object.keys(texts));
  const twice = all.filter((name, at) => all.indexOf(name) !== at);
  assert.deepEqual(twice, []);
  assert.equal(all.length, names.length);
});

test('each code of a failure has a sentence of its own kind', () => {
  const unknown = t('fail_UNKNOWN');
  for (const code of errorCodes()) assert.notEqual(failureText({ code, path: undefined }), unknown, code);
  assert.equal(failureText({ code: 'NEVER_SEEN', path: undefined }), unknown);
  assert.equal(failureText({ code: '', path: '' }), unknown);
  assert.equal(failureText({ code: 'constructor', path: undefined }), unknown);
});

test('what can be done is said by the field that it is about', () => {
  const cases = [
    ['INPUT_FORMAT', 'conversation', /no ID/],
    ['INPUT_LIMIT', 'text', /in parts, or as a file/],
    ['FILE_REFUSED', 'size', /Choose one in the settings/],
    ['USAGE_ARGUMENT', 'content', /Send less, or a file/],
    ['USAGE_ARGUMENT', 'conversation', /Unblock or accept/],
    ['MISSING_VISA', undefined, /knows nothing of that person/],
    ['INTERNAL_PLATFORM', undefined, /https/],
  ] as const;
  for (const [code, path, said] of cases) assert.match(failureText({ code, path }), said);
  const general = failureText({ code: 'INPUT_FORMAT', path: undefined });
  for (const path of ['', 'nothing', '.', '[0]', 'constructor'])
    assert.equal(failureText({ code: 'INPUT_FORMAT', path }), general);
});

test('a wrong word is named as people count', () => {
  assert.match(failureText({ code: 'INPUT_FORMAT', path: 'words[2]' }), /Word 3 /);
});

test('what is filled in stays as it is', () => {
  assert.equal(t('ownCardOf', { name: '{name} $& <b>' }), 'Your card, {name} $& <b>');
});

test('the first language that is known is taken', () => {
  assert.equal(languageOf(['fr-FR', 'zh-TW', 'en']), 'zh');
  assert.equal(languageOf(['constructor', 'fr']), 'en');
  assert.equal(languageOf([]), 'en');
  language.value = 'zh';
  assert.equal(t('cancel'), '取消');
  language.value = 'en';
});

/** As the source of the library has them. */
function errorCodes(): readonly string[] {
  const dimp = createRequire(import.meta.url).resolve('dimsdk/package.json');
  const source = readFileSync(join(dimp, '../../mkm/src/errors/error-codes.ts'), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '([A-Z_]{1,60})'/gm)].map(([, code = '']) => code);
  assert.ok(codes.length > 20);
  return codes;
}
