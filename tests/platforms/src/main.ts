/** `platforms PART...`: runs the parts of the tests that are named, on the packages as they would be published. */
import { parseArgs } from 'node:util';
import { testBrowser } from './browser/test-browser.ts';
import { testBrowserStore } from './browser-store/test-browser-store.ts';
import { findChromium } from './browser/chromium.ts';
import { testContents } from './contents/test-contents.ts';
import { testConsumers } from './consumers/test-consumers.ts';
import { testDoors } from './doors/test-doors.ts';
import { withApplication } from './tarballs/application.ts';
import { testImports } from './imports/test-imports.ts';
import { testPeers } from './peers/test-peers.ts';
import { testPurity } from './purity/test-purity.ts';
import { testSizes } from './sizes/test-sizes.ts';
import { Report } from './report.ts';
import { testRuntimes } from './runtimes/test-runtimes.ts';

type Part = (application: string, report: Report) => Promise<void>;

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['browser', testBrowser],
  ['browser-store', testBrowserStore],
  ['runtimes', testRuntimes],
  ['peers', testPeers],
  ['consumers', testConsumers],
  ['sizes', testSizes],
  ['imports', testImports],
  ['doors', testDoors],
  ['purity', testPurity],
  ['contents', testContents],
]);

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => !PARTS.has(name));
if (unknown.length > 0 || positionals.length === 0) {
  console.log(`name the parts to run: ${[...PARTS.keys()].join(', ')}`);
  process.exit(2);
}
try {
  // What is missing is said before anything takes time.
  if (positionals.some((name) => name.startsWith('browser'))) await findChromium();
  const report = new Report();
  await withApplication(async (application) => {
    for (const name of positionals) await PARTS.get(name)?.(application, report);
  });
  process.exitCode = report.finish() ? 0 : 1;
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
