/**
 * The tests of keys once more, with the code that bundlers take for a browser.
 *
 * @jest-environment-options {"customExportConditions": ["@dim/source", "browser"]}
 */
/* oxlint-disable import/no-unassigned-import -- importing a test file declares its tests */
import { expect, test } from '@jest/globals';
import { backend } from '#backend';

import '../keys/ciphers/aes-cbc.test.ts';
import '../keys/algorithm-key.test.ts';
import '../keys/ciphers/cbc-stream.test.ts';
import '../keys/secp256k1/ecc-checks.test.ts';
import '../keys/secp256k1/ecc.test.ts';
import '../keys/secp256k1/ecdsa-signature.test.ts';
import '../keys/ciphers/plain.test.ts';
import '../keys/rsa/rsa-checks.test.ts';
import '../keys/rsa/rsa-padding.test.ts';
import '../keys/rsa/rsa.test.ts';

test('the backend is the portable one', () => {
  expect(backend.name).toBe('portable');
});
