import { describe, expect, test } from '@jest/globals';
import { fairShare, SenderHistory } from '../../src/replay/sender-history.ts';

/** Messages a, b, … with these times, none of them in order. */
const historyOf = (...times: number[]) =>
  new SenderHistory(
    5,
    times.map((time, index) => ['abcdefgh'.charAt(index), time] as const),
  );
const idsOf = ({ seen }: SenderHistory) => [...seen.keys()].join('');

test('a new history remembers nothing, and knows what was forgotten before it', () => {
  const history = new SenderHistory(7);
  expect([history.seen.size, history.forgotten, history.latest]).toEqual([0, 7, 7]);
});

test.each([
  [[], 5],
  [[4], 5],
  [[20, 40, 30], 40],
])('the latest of %j and what was forgotten is %d', (times, latest) => {
  expect(historyOf(...times).latest).toBe(latest);
});

test.each([
  [20, 'abc', 5],
  [21, 'ac', 20],
  [31, 'a', 30],
  [41, '', 40],
])('before %d is not remembered: %j', (time, ids, forgotten) => {
  const history = historyOf(40, 20, 30);
  history.forgetBefore(time);
  expect([idsOf(history), history.forgotten]).toEqual([ids, forgotten]);
});

test.each([
  [9, 'abc', 5],
  [5, 'abc', 5],
  [4, 'abc', 5],
  [3, 'abc', 5],
  [2, 'ac', 20],
  [1, 'a', 30],
  [0, '', 40],
])('the newest %d are %j', (count, ids, forgotten) => {
  const history = historyOf(40, 20, 30);
  history.keepNewest(count, 40);
  expect([idsOf(history), history.forgotten]).toEqual([ids, forgotten]);
});

test('what is dated in the future is never forgotten, and takes no place of what is not', () => {
  const history = historyOf(40, 20, 30, 25);
  expect(history.pastSize(29)).toBe(2);
  history.keepNewest(1, 29);
  expect([idsOf(history), history.forgotten]).toEqual(['acd', 20]);
  history.keepNewest(0, 29);
  expect([idsOf(history), history.forgotten, history.pastSize(29)]).toEqual(['ac', 25, 0]);
});

test('what was forgotten earlier stays forgotten', () => {
  const history = new SenderHistory(100, [['a', 40]]);
  history.forgetBefore(50);
  expect(history.forgotten).toBe(100);
});

describe('a fair share', () => {
  test.each([
    [[], 10, 10],
    [[3, 3], 10, 10],
    [[1, 100], 11, 10],
    [[100, 1], 11, 10],
    [[60, 1, 50, 2], 43, 20],
    [[5, 5, 5], 9, 3],
    [[5, 5, 5], 15, 15],
    [[9, 5], 11, 6],
    [[1, 1, 1], 2, 0],
  ])('of %j in a room of %d is %d', (sizes, room, share) => {
    expect(fairShare(sizes, room)).toBe(share);
  });
});
