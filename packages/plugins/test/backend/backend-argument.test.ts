/** A backend of one's own is looked at when it is given. */
import { expect, test } from '@jest/globals';
import { DimError } from 'mkm';
import { platformBackend, standardPlugin, type Backend } from '../../src/index.ts';

test.each([
  ['sha256', {}],
  ['sha256', 'native'],
  ['keccak256', { ...platformBackend, keccak256: undefined }],
  ['secp256k1', { ...platformBackend, secp256k1: undefined }],
])('what has no %s is none', (lacking, backend) => {
  expect(() => standardPlugin({ backend: backend as unknown as Backend })).toThrow(
    new DimError('USAGE_ARGUMENT', `must be a backend: it has no ${lacking}`, { path: 'backend' }),
  );
});
