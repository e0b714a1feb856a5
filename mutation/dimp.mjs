import { mutate } from './mutate.mjs';

const options = mutate('dimp', ['messaging/*.ts'], ['messaging']);

export default {
  ...options,
  // Other runs at the same time keep their copies in the cache.
  ignorePatterns: [...options.ignorePatterns, '/.cache'],
  jest: {
    ...options.jest,
    // All tests are related to all these files: no time to find out.
    enableFindRelatedTests: false,
    config: { ...options.jest.config, testMatch: ['<rootDir>/test/messaging/all.ts'] },
  },
  // Test files that were run stay in memory.
  maxTestRunnerReuse: 50,
};
