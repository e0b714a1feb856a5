/** What the documents name is there: files, folders, headings. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './imports.ts';

const FOLDERS = ['.', 'docs', '.changeset', 'packages', 'examples', 'tests', 'bench', 'vectors', 'tools'];
const documents = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: !['.', 'docs'].includes(folder) })
    .filter((file) => file.endsWith('.md') && !/node_modules|dist|CHANGELOG|\.api\.md/.test(file))
    .map((file) => join(folder, file)),
);

for (const document of documents) {
  const text = readFileSync(join(ROOT, document), 'utf8');

  test(`the links of ${document}`, () => {
    const links = [...text.matchAll(/\]\(([^)\s#]*)(?:#([^)\s]*))?\)/g)].filter(([, to]) => !/^[a-z]+:/.test(to ?? ''));
    const broken = links.filter(([, to = '', heading]) => !leadsSomewhere(document, to, heading));
    assert.deepEqual(
      broken.map(([link]) => link),
      [],
    );
  });

  test(`the paths in ${document}`, () => {
    const paths = [...text.matchAll(/`((?:packages|tests|tools|docs|vectors|bench|examples)\/[\w./-]+\.\w+)`/g)];
    assert.deepEqual(
      paths.map(([, path = '']) => path).filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
  });
}

function leadsSomewhere(document: string, to: string, heading: string | undefined): boolean {
  const target = to === '' ? join(ROOT, document) : join(ROOT, dirname(document), to);
  if (!existsSync(target)) return false;
  return heading === undefined || headingsOf(readFileSync(target, 'utf8')).includes(heading);
}

/** As a link names them: in lower case, with hyphens for blanks, without what is no letter or digit. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
