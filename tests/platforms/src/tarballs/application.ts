/** An application: an empty project with the packed packages, and the programs of `app` in it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CACHE, ROOT } from '../paths.ts';
import { installInto } from './install.ts';
import { packTarballs } from './pack-tarballs.ts';

/** Packs, installs and copies; gives the folder of the application to `use`, and removes it afterwards. */
export async function withApplication<T>(use: (application: string) => Promise<T>): Promise<T> {
  mkdirSync(CACHE, { recursive: true });
  // Two runs at a time must not disturb each other.
  const folder = mkdtempSync(`${CACHE}/run-`);
  try {
    const application = `${folder}/application`;
    await installInto(application, await packTarballs(`${folder}/tarballs`));
    // The suites are no package that is published. What they import they find in the application.
    const suites = `${application}/node_modules/conformance`;
    mkdirSync(suites);
    cpSync(`${ROOT}/tests/conformance/package.json`, `${suites}/package.json`);
    cpSync(`${ROOT}/tests/conformance/dist`, `${suites}/dist`, { recursive: true });
    cpSync(fileURLToPath(new URL('../app', import.meta.url)), `${application}/app`, { recursive: true });
    return await use(application);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
