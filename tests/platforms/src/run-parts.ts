/** Runs parts of the tests on one application that has the packages as they would be published. */
import { testBrowser } from './browser/test-browser.ts';
import { testBrowserStore } from './browser-store/test-browser-store.ts';
import { findChromium } from './browser/chromium.ts';
import type { PartName } from './command.ts';
import { testBundlers } from './bundlers/test-bundlers.ts';
import { testCommandLine } from './command-line/test-command-line.ts';
import { testContents } from './contents/test-contents.ts';
import { testCopies } from './copies/test-copies.ts';
import { testConsumers } from './consumers/test-consumers.ts';
import { testDoors } from './doors/test-doors.ts';
import { withApplication } from './tarballs/application.ts';
import { testImports } from './imports/test-imports.ts';
import { testInstallers } from './installers/test-installers.ts';
import { testPeers } from './peers/test-peers.ts';
import { testPurity } from './purity/test-purity.ts';
import { testTestRunners } from './test-runners/test-test-runners.ts';
import { testSizes } from './sizes/test-sizes.ts';
import { Report } from './report.ts';
import { testRuntimes } from './runtimes/test-runtimes.ts';

type Part = (application: string, report: Report) => Promise<void>;

const TESTS: Readonly<Record<PartName, Part>> = {
  browser: testBrowser,
  'browser-store': testBrowserStore,
  runtimes: testRuntimes,
  peers: testPeers,
  consumers: testConsumers,
  sizes: testSizes,
  imports: testImports,
  doors: testDoors,
  purity: testPurity,
  contents: testContents,
  copies: testCopies,
  bundlers: testBundlers,
  'test-runners': testTestRunners,
  installers: testInstallers,
  'command-line': testCommandLine,
};

/** Runs them in the order given. @returns whether something ran and nothing failed */
export async function runParts(names: readonly PartName[]): Promise<boolean> {
  try {
    // What is missing is said before anything takes time.
    if (names.some((name) => name.startsWith('browser'))) await findChromium();
    const report = new Report();
    await withApplication(async (application) => {
      for (const name of names) await TESTS[name](application, report);
    });
    return report.finish();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return false;
  }
}
