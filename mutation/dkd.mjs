import { mutate } from './mutate.mjs';

const options = mutate(
  'dkd',
  ['operations/*.ts', 'messages/{envelope-proof,secure-message,reliable-message}.ts', 'replay/*.ts'],
  ['operations', 'messages', 'replay'],
);

export default {
  ...options,
  // The keys of the tests are in the vectors. Other runs at the same time keep their copies in the cache.
  ignorePatterns: [...options.ignorePatterns, '!/vectors', '/.cache'],
  // Each mutant has all modules loaded anew: constants can be changed too.
  ignoreStatic: false,
  jest: {
    ...options.jest,
    // All these tests are related to all these files: no time to find out.
    enableFindRelatedTests: false,
    config: { ...options.jest.config, testMatch: ['<rootDir>/test/for-mutation.ts'] },
  },
  // Test files that were run stay in memory.
  maxTestRunnerReuse: 50,
};
