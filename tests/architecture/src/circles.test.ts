/** The finder of circles finds them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circlesOf } from './circles.ts';

const arrow = (text: string) => ({ from: text.slice(0, 1), to: text.slice(-1), isOfTypes: false });
const circles = (...texts: readonly string[]) =>
  circlesOf(texts.map((text) => arrow(text))).map((circle) => [...circle].toSorted().join(''));

test('arrows that go one way are no circle', () => {
  assert.deepEqual(circles('a>b', 'a>c', 'b>d', 'c>d'), []);
});

test('a circle of two, of three, and of one that imports itself', () => {
  assert.deepEqual(circles('a>b', 'b>a'), ['ab']);
  assert.deepEqual(circles('a>b', 'b>c', 'c>a', 'c>d'), ['abc']);
  assert.deepEqual(circles('a>a'), ['a']);
});

test('two circles that an arrow joins are two', () => {
  assert.deepEqual(circles('a>b', 'b>a', 'b>c', 'c>d', 'd>c').toSorted(), ['ab', 'cd']);
});
