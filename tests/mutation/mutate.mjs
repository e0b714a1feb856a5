/**
 * Mutation testing of the files that decide whom and what to trust: `pnpm mutate tests/mutation/NAME.mjs`.
 * A change of the code that no test notices is a promise that nobody checks.
 */

/**
 * How to run it for one package, with the tests that `test/for-mutation.ts` imports.
 * @param name the package's folder
 * @param files what to change, below `src`
 */
export function mutate(name, files) {
  return {
    mutate: files.map((file) => `packages/${name}/src/${file}`),
    plugins: ['@stryker-mutator/jest-runner'],
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: {
      configFile: 'jest.config.mjs',
      // In a realm for each run: what is mutated is loaded again.
      config: {
        rootDir: `packages/${name}`,
        testMatch: ['<rootDir>/test/for-mutation.ts'],
        testEnvironment: 'node',
      },
      // All tests are related to nearly all of the files: finding that out takes longer than running them.
      enableFindRelatedTests: false,
    },
    coverageAnalysis: 'perTest',
    // Rewriting it takes the compiler's JavaScript API, which TypeScript 7 has not; no test needs it.
    tsconfigFile: 'none',
    // What runs once when a file is loaded cannot be changed for one test alone.
    ignoreStatic: true,
    ignorePatterns: ['**/dist', '**/coverage', '/docs', '/tests/fuzz', '/tests/hostile', '.cache', '.turbo'],
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    clearTextReporter: { logTests: false },
    htmlReporter: { fileName: `coverage/mutation/${name}.html` },
    jsonReporter: { fileName: `coverage/mutation/${name}.json` },
    // One for each package, so that several can run at a time.
    tempDirName: `.cache/stryker-${name}`,
    concurrency: 2,
    // Test files that were run stay in memory.
    maxTestRunnerReuse: 50,
    timeoutMS: 20_000,
    thresholds: { high: 95, low: 90, break: 90 },
  };
}
