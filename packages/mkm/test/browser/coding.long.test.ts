/**
 * The tests of coding once more, with the code that bundlers take for a browser.
 *
 * @jest-environment-options {"customExportConditions": ["@dim/source", "browser"]}
 */
/* oxlint-disable import/no-unassigned-import -- importing a test file declares its tests */
import { expect, test } from '@jest/globals';
import * as platform from '#base64';
import * as platformBytes from '#bytes';
import * as portable from '../../src/backend/portable/base64.ts';
import * as portableBytes from '../../src/backend/portable/bytes.ts';

import '../limits/limits.test.ts';
import '../meta/meta.test.ts';
import '../properties/coding.test.ts';
import '../public-vectors/data-uri.test.ts';
import '../wire/checked-binary.test.ts';
import '../wire/json-bytes.test.ts';
import '../wire/json-members.test.ts';
import '../wire/resources.test.ts';
import '../wire/scalars.test.ts';

test('base64 is the portable one', () => {
  expect(platform.encodeBase64).toBe(portable.encodeBase64);
});

test('looking through bytes is the portable one', () => {
  expect(platformBytes.searchable).toBe(portableBytes.searchable);
});
