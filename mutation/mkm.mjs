import { mutate } from './mutate.mjs';

const options = mutate('mkm', ['meta/meta.ts', 'documents/*.ts'], ['meta', 'documents']);

export default {
  ...options,
  ignorePatterns: [...options.ignorePatterns, '.cache'],
  jest: {
    ...options.jest,
    // All tests are related to all these files: no time to find out.
    enableFindRelatedTests: false,
    config: { ...options.jest.config, testMatch: ['<rootDir>/test/documents/all.ts'] },
  },
  // Test files that were run stay in memory.
  maxTestRunnerReuse: 50,
};
