/** Finds Chromium, or installs it where that is one command. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { ROOT } from '../paths.ts';
import { runCommand } from '../run-command.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const HOW_TO_GET_ONE = `There is no Chromium on this machine. Either install one:
  Debian, Ubuntu:  sudo apt-get install chromium
  Fedora:          sudo dnf install chromium
  macOS:           brew install --cask chromium
or name the program of any Chromium or Chrome: CHROMIUM_PATH=/path/to/chrome npm run test:browser`;

/** The path of Chromium: what `CHROMIUM_PATH` names, one that is installed, or one that is installed now. */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH names no program: ${named}`);
  }
  const found = search() ?? (await install());
  if (found === undefined) throw new Error(HOW_TO_GET_ONE);
  return found;
}

/** Opens Chromium with a profile of its own. `names` are further names of this machine. */
export async function withChromium<T>(
  names: readonly string[],
  use: (browser: BrowserContext) => Promise<T>,
): Promise<T> {
  const executablePath = await findChromium();
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  try {
    const browser = await chromium.launchPersistentContext(profile, { executablePath, args: chromiumSwitches(names) });
    try {
      return await use(browser);
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** How it is started: without a window, and without asking anybody. */
export function chromiumSwitches(names: readonly string[]): string[] {
  return [
    '--headless',
    // Root cannot have the sandbox, nor can most containers; the pages are our own.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(names.length > 0 ? [`--host-resolver-rules=${names.map((name) => `MAP ${name} 127.0.0.1`).join(',')}`] : []),
  ];
}

function search(): string | undefined {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...paths, ...APPLICATIONS].find(isProgram);
}

async function install(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return undefined;
  console.log('Installing Chromium: apt-get install -y chromium');
  const options = { cwd: ROOT, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    await runCommand('apt-get', ['update'], options);
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  return search();
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
