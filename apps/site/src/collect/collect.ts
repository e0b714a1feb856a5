/** Brings the pages together: each is copied to where VitePress reads it, under its address, with the name of its file. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ENTRIES, type Entry } from '../project/contents.ts';
import { COLLECTED, HERE, ROOT } from '../project/places.ts';
import { withQuotedCode } from './quoted-code.ts';

/** Folders of which every page must be in the table of contents. */
const WHOLE_FOLDERS = ['docs', 'apps/site/pages'];
/** Pictures of the guides, which pages show. */
const PICTURES = ['docs/pictures', 'docs/performance.svg'];

/** @throws Error for a page without a place in the table of contents, and for an entry without its file */
export function collect(): number {
  checkContents();
  rmSync(COLLECTED, { recursive: true, force: true });
  for (const entry of ENTRIES) write(entry);
  for (const path of PICTURES) cpSync(join(ROOT, path), join(COLLECTED, 'public', path), { recursive: true });
  cpSync(join(ROOT, 'apps/web/public/icon.svg'), join(COLLECTED, 'public/icon.svg'));
  cpSync(join(HERE, 'public'), join(COLLECTED, 'public'), { recursive: true });
  return ENTRIES.length;
}

/** Where a page is written, from the folder of all pages: `/guide/` is `guide/index.md`. */
export function fileOf({ address }: Entry): string {
  return `${address.slice(1)}${address.endsWith('/') ? 'index' : ''}.md`;
}

function write(entry: Entry): void {
  const path = join(COLLECTED, fileOf(entry));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, asPage(readFileSync(join(ROOT, entry.source), 'utf8'), entry.source));
}

/** With its source in the front matter, by which links are read, and the link to its file is made. */
export function asPage(text: string, source: string): string {
  const note = `source: ${source}\n`;
  const quoted = withQuotedCode(text, join(ROOT, dirname(source)));
  return quoted.startsWith('---\n') ? `---\n${note}${quoted.slice(4)}` : `---\n${note}---\n\n${quoted}`;
}

function checkContents(): void {
  const known = new Set(ENTRIES.map(({ source }) => source));
  const lost = WHOLE_FOLDERS.flatMap(pagesIn).filter((file) => !known.has(file));
  if (lost.length > 0) throw new Error(`these have no place in apps/site/src/project/contents.ts: ${lost.join(', ')}`);
  const absent = [...known].filter((file) => !existsSync(join(ROOT, file)));
  if (absent.length > 0)
    throw new Error(`apps/site/src/project/contents.ts names what is not there: ${absent.join(', ')}`);
  const addresses = ENTRIES.map(({ address }) => address);
  const twice = addresses.filter((address, index) => addresses.indexOf(address) !== index);
  if (twice.length > 0) throw new Error(`two pages have one address: ${twice.join(', ')}`);
}

function pagesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)))
    .filter((file) => !/node_modules|\.cache/.test(file));
}
