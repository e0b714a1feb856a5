/** Backends by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BACKEND_NAMES } from './backend-names.ts';
import { useBackend } from './backends.ts';
import * as context from './dim.ts';

test('a name chooses the context that suites look up from then on', () => {
  const own = context.dim;
  useBackend(undefined);
  assert.equal(context.dim, own);
  for (const name of BACKEND_NAMES) {
    const before = context.dim;
    useBackend(name);
    assert.notEqual(context.dim, before);
  }
});
