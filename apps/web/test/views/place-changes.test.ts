/** What happened in a group stands where it belongs, each once, and moves nothing that is drawn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryView } from '../../src/protocol/views.ts';
import { placeChanges } from '../../src/views/talk/place-changes.ts';
import { rowsOf } from '../../src/views/talk/rows.ts';
import { message, person } from './talk-link.ts';

const ALL = { hasOlder: false, hasNewer: false };

function change(time: number): HistoryView {
  const author = person('ann');
  return { key: `c${time}`, time, author, did: 'added', people: [], count: 0, name: undefined };
}

function placed(times: readonly number[], changes: readonly number[], edges = ALL): string {
  const messages = times.map((time) => message(`m${time}`, time));
  const { before, after } = placeChanges(
    messages,
    changes.map((time) => change(time)),
    edges,
  );
  const words = messages.flatMap(({ key }) => [...(before.get(key) ?? []).map((one) => one.key), key]);
  return [...words, '|', ...after.map(({ key }) => key)].join(' ');
}

test('between messages, before the first and after the last', () => {
  assert.equal(placed([10, 20], [1, 10, 15, 16, 30]), 'c1 c10 m10 c15 c16 m20 | c30');
  assert.equal(placed([], [1, 2]), '| c1 c2');
  assert.equal(placed([10], []), 'm10 |');
});

test('what lies outside of what is here comes with it', () => {
  assert.equal(placed([10, 20], [1, 15, 30], { hasOlder: true, hasNewer: true }), 'm10 c15 m20 |');
  assert.equal(placed([], [1], { hasOlder: false, hasNewer: true }), '|');
});

test('a row is another one only where what stands beside it is', () => {
  const messages = [message('m10', 10), message('m20', 20)];
  const [first, second] = [change(15), change(30)];
  const before = rowsOf(messages, undefined, [], placeChanges(messages, [first], ALL));
  const same = rowsOf(messages, undefined, before, placeChanges(messages, [first], ALL));
  assert.deepEqual([same[0] === before[0], same[1] === before[1]], [true, true]);
  assert.equal(before[1]?.beginsStretch, true);
  const after = rowsOf(messages, undefined, before, placeChanges(messages, [first, second], ALL));
  assert.deepEqual([after[0] === before[0], after[1] === before[1]], [true, false]);
  assert.deepEqual(after[1]?.changesAfter, [second]);
});
