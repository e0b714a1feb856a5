import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patternOf } from '../../src/views/parts/avatar.tsx';
import { nameText } from '../../src/views/parts/name.tsx';
import { plain } from '../../src/views/parts/plain.ts';
import { fakeId, person } from '../fake/people.ts';

test('a name that its owner chose is quoted, with the end of the ID; one that was given stands alone', () => {
  const id = fakeId('Alice');
  assert.equal(nameText(person('Alice')), `“\u2068Alice\u2069” ${id.slice(-8)}`);
  assert.equal(nameText(person('Alice', { nameFrom: 'alias', name: 'Mum' })), '\u2068Mum\u2069');
});

test('the end of an ID stands beside a name where the engine says so, once', () => {
  const id = fakeId('Bob');
  const two = person('Bob', { nameFrom: 'alias', name: 'Bob', end: id.slice(-8) });
  assert.equal(nameText(two), `\u2068Bob\u2069 ${id.slice(-8)}`);
});

test('nobody gets out of the quotes, nor turns what stands beside the name', () => {
  const text = nameText(person('x', { name: 'Mallory\u202E\u2069\n”', id: fakeId('x') }));
  assert.match(text, /^“\u2068[^\u202E\u2069\n]{1,40}\u2069” [0-9a-f]{8}$/);
});

test('a name of which nothing is seen is none', () => {
  const id = fakeId('x');
  for (const name of ['', ' ', '\u200B', '\u3164', '\u2800'])
    assert.equal(nameText(person('x', { name, id })), `\u2068…${id.slice(-8)}\u2069`);
});

test('controls are seen; joiners of emoji stay', () => {
  assert.equal(plain('a\u0000b\u202Ec\u2028'), 'a\u{FFFD}b\u{FFFD}c\u{FFFD}');
  assert.equal(plain('👩\u200D🚀'), '👩\u200D🚀');
});

test('the pattern of an ID is always the same, the same on both sides, and of nobody else', () => {
  const pattern = patternOf(fakeId('Alice'));
  assert.deepEqual(patternOf(fakeId('Alice')), pattern);
  const cells = new Set(pattern.cells.map(([x, y]) => `${x} ${y}`));
  for (const [x, y] of pattern.cells) assert.ok(cells.has(`${4 - x} ${y}`));
  const looks = new Set(Array.from({ length: 500 }, (_, at) => JSON.stringify(patternOf(fakeId(`somebody ${at}`)))));
  assert.ok(looks.size > 498, `${looks.size} of 500`);
});
