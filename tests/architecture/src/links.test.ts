/** What the documents name is there: files, folders, headings. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './imports.ts';

const FOLDERS = [
  '.',
  'docs',
  'docs/porting',
  '.changeset',
  'packages',
  'apps',
  'examples',
  'tests',
  'bench',
  'vectors',
  'tools',
];
const documents = FOLDERS.flatMap((folder) => documentsIn(folder, !['.', 'docs'].includes(folder)));

for (const document of documents) {
  const text = readFileSync(join(ROOT, document), 'utf8');

  test(`the links of ${document}`, () => {
    const links = [...text.matchAll(/\]\(([^)\s#]*)(?:#([^)\s]*))?\)/g)].filter(
      ([, to]) => !leadsElsewhere(document, to ?? ''),
    );
    const broken = links.filter(([, to = '', heading]) => !leadsSomewhere(document, to, heading));
    assert.deepEqual(
      broken.map(([link]) => link),
      [],
    );
  });

  test(`the paths in ${document}`, () => {
    const paths = [...text.matchAll(/`((?:packages|apps|tests|tools|docs|vectors|bench|examples)\/[\w./-]+\.\w+)`/g)];
    assert.deepEqual(
      paths.map(([, path = '']) => path).filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
  });
}

/** Packages lead to each other in their `node_modules`, and around in circles. */
function documentsIn(folder: string, isDeep: boolean): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return isDeep && !['node_modules', 'dist', '.cache'].includes(entry.name) ? documentsIn(path, true) : [];
    return entry.name.endsWith('.md') && !/CHANGELOG|\.api\.md/.test(entry.name) ? [path] : [];
  });
}

/** To another host; or on the site, to a page that is generated: the build of the site looks for those. */
function leadsElsewhere(document: string, to: string): boolean {
  return /^[a-z]+:/.test(to) || (to.startsWith('/') && document.startsWith('apps/site/pages/'));
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
