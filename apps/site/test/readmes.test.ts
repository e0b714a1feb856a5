/** The READMEs of the packages, as npm shows them: beside no other file, so that each link says where it leads from everywhere. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { slug } from 'github-slugger';
import { ENTRIES } from '../src/project/contents.ts';
import { REPOSITORY, ROOT, SITE } from '../src/project/places.ts';

/** Where else they lead. An address of ours that was changed is none of these, and is found like this. */
const ELSEWHERE = ['https://www.npmjs.com/package/', 'https://paulmillr.com/noble/'];

const readmes = ENTRIES.map(({ source }) => source).filter((source) =>
  /^(packages|apps)\/\w+\/README\.md$/.test(source),
);
const addresses = new Set(ENTRIES.map(({ address }) => address));

test('all packages have one', () => assert.equal(readmes.length, 9));

for (const readme of readmes) {
  const text = readFileSync(join(ROOT, readme), 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s]{1,300})\)/g)].map(([, link = '']) => link);

  test(`the links of ${readme} lead somewhere from npm`, () => {
    assert.deepEqual(
      links.filter((link) => !leadsSomewhere(link, text)),
      [],
    );
  });
}

function leadsSomewhere(link: string, text: string): boolean {
  const [path = '', heading] = link.split('#', 2);
  if (path === '') return headingsOf(text).includes(heading ?? '');
  if (path.startsWith(`${SITE}/`)) return path.startsWith(`${SITE}/api/`) || addresses.has(path.slice(SITE.length));
  const file = [`${REPOSITORY}/blob/main/`, `${REPOSITORY}/tree/main/`].find((start) => path.startsWith(start));
  if (file !== undefined) return existsSync(join(ROOT, path.slice(file.length)));
  return ELSEWHERE.some((start) => path.startsWith(start));
}

function headingsOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /^#{1,6} /.test(line))
    .map((line) => slug(line.replace(/^#{1,6} /, '')));
}
