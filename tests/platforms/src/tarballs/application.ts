/** An application: an empty project with the packed packages, and the programs of `app` in it. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CACHE, ROOT } from '../paths.ts';
import { installInto } from './install.ts';
import { PACKAGES, packTarballs, TARBALLS, tarballsOf } from './pack-tarballs.ts';

/** A station brings `ws` and more, which clients do not have. */
const WITHOUT_STATION = PACKAGES.filter((name) => name !== 'dimstation');

/** The folder where a package is installed: an application of its own for a station. */
export async function folderWith(name: string, application: string): Promise<string> {
  if (name !== 'dimstation') return application;
  const folder = `${application}/../with-station`;
  if (!existsSync(folder)) await installInto(folder, tarballsOf(application));
  return folder;
}

/** The same application in a folder of its own beside it, where nobody else is disturbed. */
export function copyOf(application: string, name: string): string {
  const folder = `${application}/../${name}`;
  for (const part of ['node_modules', 'app', 'package.json'])
    cpSync(`${application}/${part}`, `${folder}/${part}`, { recursive: true });
  return folder;
}

/** Packs, installs and copies; gives the folder of the application to `use`, and removes it afterwards. */
export async function withApplication<T>(use: (application: string) => Promise<T>): Promise<T> {
  mkdirSync(CACHE, { recursive: true });
  // Two runs at a time must not disturb each other.
  const folder = mkdtempSync(`${CACHE}/run-`);
  try {
    const application = `${folder}/application`;
    await packTarballs(`${application}/${TARBALLS}`);
    await installInto(application, tarballsOf(application, WITHOUT_STATION));
    // The suites, and what runs them, are no packages that are published. What they import they find in the application.
    for (const name of ['runner', 'conformance']) {
      const copy = `${application}/node_modules/${name}`;
      mkdirSync(copy);
      cpSync(`${ROOT}/tests/${name}/package.json`, `${copy}/package.json`);
      cpSync(`${ROOT}/tests/${name}/dist`, `${copy}/dist`, { recursive: true });
    }
    // What reads their command lines: nowhere else, as the application shall not have it.
    for (const name of ['commander', 'fastest-levenshtein'])
      cpSync(`${ROOT}/tests/runner/node_modules/${name}`, `${application}/node_modules/runner/node_modules/${name}`, {
        recursive: true,
        dereference: true,
      });
    cpSync(fileURLToPath(new URL('../app', import.meta.url)), `${application}/app`, { recursive: true });
    cpSync(`${ROOT}/examples/sdk/dist/main.js`, `${application}/app/example-sdk.js`);
    return await use(application);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
