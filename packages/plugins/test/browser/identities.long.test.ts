/**
 * The tests of addresses, metas, coding, limits and properties once more, with the code that bundlers take for a browser.
 *
 * @jest-environment-options {"customExportConditions": ["@dim/source", "browser"]}
 */
/* oxlint-disable import/no-unassigned-import -- importing a test file declares its tests */
import { expect, test } from '@jest/globals';
import { platformBackend } from '../../src/index.ts';

import '../addresses/addresses.test.ts';
import '../coding/base58.test.ts';
import '../digests/digests.test.ts';
import '../limits/bounds.test.ts';
import '../metas/metas.test.ts';
import '../properties/addresses.test.ts';
import '../properties/keys.test.ts';
import '../properties/metas.test.ts';

test('the backend is the portable one', () => {
  expect(platformBackend.name).toBe('portable');
});
