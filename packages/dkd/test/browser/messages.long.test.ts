/**
 * The tests of messages once more, with the code that bundlers take for a browser: here and in the packages below.
 *
 * @jest-environment-options {"customExportConditions": ["@dim/source", "browser"]}
 */
/* oxlint-disable import/no-unassigned-import -- importing a test file declares its tests */
import { expect, test } from '@jest/globals';
import { platformBackend } from 'dimplugins';

import '../context/hash-context.test.ts';
import '../messages/envelope-proof.test.ts';
import '../operations/cycle.test.ts';
import '../operations/decrypt-message.test.ts';
import '../operations/encrypt-message.test.ts';
import '../operations/prove-envelope.test.ts';
import '../operations/sign-message.test.ts';
import '../operations/verify-message.test.ts';
import '../packing/message-package.test.ts';
import '../properties/messages.test.ts';
import '../replay/replay-window.test.ts';
import '../contents/serial-number.test.ts';

test('the backend is the portable one', () => {
  expect(platformBackend.name).toBe('portable');
});
