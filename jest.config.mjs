import { fileURLToPath } from 'node:url';

import { swcOptions } from './tests/support/jest/swc.mjs';

const support = fileURLToPath(new URL('tests/support/jest', import.meta.url));

/** One configuration for all packages; each runs it with `--rootDir .` in its own folder. */
export default {
  testEnvironment: `${support}/environment.mjs`,
  testRunner: `${support}/runner.mjs`,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // What takes long is a part of `npm run test:long` alone.
  testPathIgnorePatterns: process.env.DIM_FORM === 'long' ? [] : ['\\.long\\.test\\.ts$'],
  // Some tests take hundreds of private key operations, on machines that do much else.
  testTimeout: 60_000,
  // In the realm of a test a global is looked up slowly, which libraries that compute with Math feel a hundred times over.
  sandboxInjectedGlobals: ['Math'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swcOptions] },
  // Packages of this workspace resolve to their sources: no build is needed.
  testEnvironmentOptions: { customExportConditions: ['@dim/source', 'node', 'node-addons'] },
  // Used with --coverage only.
  collectCoverageFrom: ['<rootDir>/src/**/*.ts'],
  coverageDirectory: '<rootDir>/coverage',
  coverageProvider: 'v8',
  coverageThreshold: { global: { statements: 90, branches: 90, functions: 90, lines: 90 } },
};
