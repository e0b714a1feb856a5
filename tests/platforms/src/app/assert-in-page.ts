/** What the suites use of `node:assert/strict`, for pages: the bundler puts it in the place of that module. */
import { assert } from 'chai';

const strict = {
  ok: (value: unknown, message?: string) => assert.ok(value, message),
  equal: (actual: unknown, expected: unknown, message?: string) => assert.strictEqual(actual, expected, message),
  deepEqual: (actual: unknown, expected: unknown, message?: string) => assert.deepEqual(actual, expected, message),
  fail: (message: string) => assert.fail(message),
};

// oxlint-disable-next-line import/no-default-export -- as the module has that it stands for
export default strict;
