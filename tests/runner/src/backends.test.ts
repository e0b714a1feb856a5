/** Backends by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useBackend } from './backends.ts';
import * as context from './dim.ts';

test('a name chooses the context that suites look up from then on', () => {
  const own = context.dim;
  useBackend(undefined);
  assert.equal(context.dim, own);
  for (const name of ['native', 'portable']) {
    const before = context.dim;
    useBackend(name);
    assert.notEqual(context.dim, before);
  }
});

test('a name of no backend is refused', () => {
  assert.throws(() => useBackend('unheard-of'), /no backend "unheard-of": native, portable/);
});
