/**
 * The tests of messaging once more, with the code that bundlers take for a browser: here and in the packages below.
 *
 * @jest-environment-options {"customExportConditions": ["@dim/source", "browser"]}
 */
/* oxlint-disable import/no-unassigned-import -- importing a test file declares its tests */
import { expect, test } from '@jest/globals';
import { platformBackend } from 'dimplugins';

import '../message-keys/message-keys.test.ts';
import '../messaging/authenticity.test.ts';
import '../message-keys/choose-algorithms.test.ts';
import '../messaging/decryption-failures.test.ts';
import '../messaging/messenger.test.ts';
import '../messaging/packing.test.ts';

test('the backend is the portable one', () => {
  expect(platformBackend.name).toBe('portable');
});
