import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeForCamera, compare, groupsOf } from '../../src/views/people/code-text.ts';

const CODE = Array.from({ length: 12 }, (_, at) => String(10_000 + at)).join(' ');

test('a code is twelve groups of five, as the engine gives it and without blanks', () => {
  const groups = groupsOf(CODE);
  assert.equal(groups?.length, 12);
  assert.ok(groups?.every((group) => /^\d{5}$/.test(group)));
  assert.deepEqual(groupsOf(CODE.replaceAll(' ', '')), groups);
  for (const bad of ['', CODE.slice(1), `${CODE} 1`, CODE.replace('1', 'x'), CODE.replace('1', '١')])
    assert.equal(groupsOf(bad), undefined);
});

test('what the other side shows is the same, or it is not', () => {
  const other = codeForCamera(CODE) ?? '';
  assert.equal(compare(CODE, other), 'same');
  assert.equal(compare(CODE, `${other.slice(0, -1)}0`), 'differs');
});

test('nothing is the same as a code that is none', () => {
  assert.equal(compare('', 'DIM-CODE:'), 'no code');
  assert.equal(compare('', ''), 'no code');
  assert.equal(compare(CODE, CODE), 'no code');
  assert.equal(compare(CODE, 'https://example.com/#contact=0x1'), 'no code');
});
