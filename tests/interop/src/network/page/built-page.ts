/** The page as it is built, with what the server of a page says. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import type { FileServer, PageFile } from '../file-server.ts';
import type { LivingStation } from '../station-program.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** Shows it beside the files of a network. @returns where it is. @throws Error where nobody has built it */
export function showPage(files: FileServer, station: LivingStation): string {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dim-web/package.json')), 'dist', 'page');
  const page = readPage(folder);
  const config = { station: `ws://127.0.0.1:${station.port}`, id: String(station.id), files: files.uploadOfPage };
  page.set('/config.json', { type: 'application/json', bytes: Buffer.from(JSON.stringify(config)) });
  return files.show(page);
}

function readPage(folder: string): Map<string, PageFile> {
  const page = new Map<string, PageFile>();
  for (const entry of entriesIn(folder)) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    page.set(`/${relative(folder, path).split(sep).join('/')}`, { type, bytes: readFileSync(path) });
  }
  const index = page.get('/index.html');
  if (index === undefined) throw new Error(`the page is not built: run "pnpm --filter dim-web build"`);
  return page.set('/', index);
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}
