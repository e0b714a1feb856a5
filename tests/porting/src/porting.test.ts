/** The porting tables against what is there and what is here: a name without an answer, or an answer that is no export, fails. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Answers } from './answers.ts';
import { Exports } from './exports.ts';
import { HEADS } from './heads.ts';
import { membersOf } from './members.ts';
import { familyMember, familyName, LANGUAGES, readNames, ROOM } from './names.ts';
import { page } from './page.ts';

const [answers, exports] = [new Answers(), new Exports()];
const extractions = LANGUAGES.map((language) => ({ language, extraction: readNames(language) }));
const all = extractions.flatMap(({ extraction }) => extraction.packages.flatMap((one) => one.names));

test('the reports of our own packages are read', () => {
  for (const reference of [
    'dimp:ID.isBroadcast',
    'dimp:TextContent.sn',
    'dimp:PrivateKey.sign',
    'dimsdk:Client.send',
    'mkm/extend:WireObject',
  ])
    assert.ok(exports.has(reference), reference);
  for (const reference of ['dimp:Nobody', 'dimp:ID.nothing', 'nowhere:ID', 'dimsdk:ID', 'mkm:createDim'])
    assert.ok(!exports.has(reference), reference);
});

test('each name of the other SDKs has an answer, and one only', () => {
  const open = all.filter(({ name }) => answers.of(familyName(name)) === undefined).map(({ name }) => name);
  assert.deepEqual([open, answers.twice], [[], []]);
});

test('so has each member of the classes that applications call', () => {
  const open = all.flatMap((one) =>
    (membersOf(one, answers, exports)?.open ?? []).map((member) => `${one.name}.${member}`),
  );
  assert.deepEqual([...new Set(open)], []);
});

test('what an answer says is here is exported', () => {
  const absent = answers.all
    .flatMap((answer) => answer.here.map((one) => one.export))
    .filter((one) => !exports.has(one));
  assert.deepEqual(absent, []);
});

test('what is not here says why, or what to do instead', () => {
  assert.deepEqual(
    answers.all.filter(({ here, note }) => here.length === 0 && note === undefined),
    [],
  );
});

test('no answer is for a name that nobody has', () => {
  const names = new Set(all.map(({ name }) => familyName(name)));
  const members = new Set(
    all.flatMap(({ name, members: found }) => found.map((one) => `${familyName(name)}.${familyMember(one)}`)),
  );
  const anywhere = new Set(all.flatMap(({ members: found }) => found.map((one) => `*.${familyMember(one)}`)));
  assert.deepEqual(
    [
      answers.names.filter((name) => !names.has(name)),
      answers.members.filter((one) => !members.has(one) && !anywhere.has(one)),
    ],
    [[], []],
  );
});

for (const { language, extraction } of extractions) {
  test(`the page of ${extraction.language} is as generated, with all packages`, () => {
    const head = HEADS[language];
    assert.deepEqual(new Set(head.order), new Set(extraction.packages.map((one) => one.package)));
    const written = readFileSync(join(ROOM, `../../docs/porting/${language}.md`), 'utf8');
    assert.ok(written === page(language, extraction, answers, exports), 'stale: run `pnpm --filter porting run pages`');
  });

  test(`the first five tasks of ${extraction.language} name what is there, and lead to lines that are here`, () => {
    const names = extraction.packages.flatMap((one) => one.names);
    const there = new Set(
      names.flatMap(({ name, members }) => [name, ...members.map((member) => `${name}.${member}`)]),
    );
    const entry = readFileSync(join(ROOM, '../../docs/porting.md'), 'utf8').toLowerCase().replaceAll(' ', '-');
    for (const task of HEADS[language].tasks) {
      assert.deepEqual(
        task.there.filter((name) => !there.has(name)),
        [],
      );
      assert.ok(entry.includes(`#-${task.anchor}\n`), task.anchor);
    }
  });
}
