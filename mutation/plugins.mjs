import { mutate } from './mutate.mjs';

const options = mutate(
  'plugins',
  [
    'addresses/*.ts',
    'keys/{rsa-components,rsa-padding,pkcs7-padding,constant-time,der,ecdsa-signature}.ts',
    'keys/{secp256k1-curve,secp256k1-encoding,secp256k1-key}.ts',
  ],
  ['addresses', 'keys', 'metas'],
);

export default {
  ...options,
  // The tests of this package read the vectors.
  ignorePatterns: [...options.ignorePatterns, '.cache', '!/vectors'],
  jest: {
    ...options.jest,
    // All tests are related to nearly all of these files: finding that out takes longer than running them.
    enableFindRelatedTests: false,
    config: { ...options.jest.config, testMatch: ['<rootDir>/test/keys/all.ts'] },
  },
  // Test files that were run stay in memory.
  maxTestRunnerReuse: 50,
};
