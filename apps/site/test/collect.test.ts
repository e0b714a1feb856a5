/** Pages, as they are brought together. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asPage } from '../src/collect/collect.ts';
import { withQuotedCode } from '../src/collect/quoted-code.ts';
import { ROOT } from '../src/project/places.ts';

test('a page says which file it is', () => {
  assert.equal(asPage('# Groups\n', 'docs/groups.md'), '---\nsource: docs/groups.md\n---\n\n# Groups\n');
});

test('a page that says more of itself goes on saying it', () => {
  const page = asPage('---\nlayout: front\n---\n\n# DIM\n', 'apps/site/pages/index.md');
  assert.equal(page, '---\nsource: apps/site/pages/index.md\nlayout: front\n---\n\n# DIM\n');
});

test('code of another document is quoted as it stands there', () => {
  const text = withQuotedCode('Before\n<!-- code: README.md#fifteen-lines -->\nAfter', ROOT);
  const [, code = ''] = /^Before\n```ts\n(.*)\n```\nAfter$/s.exec(text) ?? [];
  assert.ok(code.split('\n').length >= 15);
  assert.ok(readFileSync(join(ROOT, 'README.md'), 'utf8').includes(code));
});

test('a quotation of what is not there ends the build', () => {
  assert.throws(() => withQuotedCode('<!-- code: README.md#nowhere -->', ROOT), /no code below #nowhere/);
});
