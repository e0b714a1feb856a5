/** A backend of one's own is looked at when it is given. */
import { expect, test } from '@jest/globals';
import { DimError } from 'mkm';
import { platformBackend, standardPlugin, type Backend } from '../../src/index.ts';

test.each([
  ['sha256', {}],
  ['sha256', 'native'],
  ['keccak256', { ...platformBackend, keccak256: undefined }],
  ['secp256k1', { ...platformBackend, secp256k1: undefined }],
  ['aesCbc.key', { ...platformBackend, aesCbc: { encrypt: () => 1 } }],
  ['rsa.generate', { ...platformBackend, rsa: { publicKey: () => 1, privateKey: () => 1 } }],
])('what has no %s is none', (lacking, backend) => {
  expect(() => standardPlugin({ backend: backend as unknown as Backend })).toThrow(
    new DimError('USAGE_ARGUMENT', `must be a backend: it has no ${lacking}`, { path: 'backend' }),
  );
});
