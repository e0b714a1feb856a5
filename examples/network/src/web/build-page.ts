/** The page of the web chat: built where it is not, or where something of it has changed since. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const WEB = join(ROOT, 'apps', 'web');
/** What is in the page: of each package, as of the application itself, the sources. */
const PARTS = ['index.html', 'public', 'src', 'package.json', 'vite.config.ts'].map((name) => join(WEB, name));
const PACKAGES = ['mkm', 'dkd', 'dimp', 'plugins', 'sdk'].map((name) => join(ROOT, 'packages', name, 'src'));

/** @returns the folder of the page @throws where it cannot be built: what is wrong was printed */
export async function buildPage(): Promise<string> {
  const page = join(WEB, 'dist', 'page');
  const built = statSync(join(page, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if ([...PARTS, ...PACKAGES].some((part) => newest(part) > built)) await runVite();
  return page;
}

async function runVite(): Promise<void> {
  const manifest = createRequire(join(WEB, 'package.json')).resolve('vite/package.json');
  const program = join(dirname(manifest), 'bin', 'vite.js');
  // What it prints is not what this program answers.
  const child = spawn(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: WEB,
    stdio: ['ignore', 2, 2],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the page could not be built');
}

/** When something in a folder, or a file, was written last. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stats.mtimeMs);
}
