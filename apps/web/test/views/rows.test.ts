import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstUnreadOf, rowsOf } from '../../src/views/talk/rows.ts';
import { message, person } from './talk-link.ts';

const NOON = new Date(2026, 2, 10, 12).getTime() / 1000;

test('a stretch has one name, a day one line', () => {
  const rows = rowsOf(
    [
      message('a', NOON - 24 * 3600),
      message('b', NOON),
      message('c', NOON + 60),
      message('d', NOON + 61, { sender: person('carol') }),
      message('e', NOON + 900, { sender: person('carol') }),
    ],
    undefined,
  );
  assert.deepEqual(
    rows.map(({ beginsDay }) => beginsDay),
    [true, true, false, false, false],
  );
  assert.deepEqual(
    rows.map(({ beginsStretch }) => beginsStretch),
    [true, true, false, true, true],
  );
});

test('older ones before it change the first row alone', () => {
  const shown = [message('b', NOON), message('c', NOON + 60)];
  const before = rowsOf(shown, undefined);
  const after = rowsOf([message('a', NOON - 60), ...shown], undefined, before);
  assert.notEqual(after[1], before[0]);
  assert.equal(after[2], before[1]);
});

test('unread are those of others', () => {
  const messages = [message('a', 1), message('b', 2), message('c', 3, { isOwn: true }), message('d', 4)];
  assert.equal(firstUnreadOf(messages, 2), 'b');
  assert.equal(firstUnreadOf(messages, 0), undefined);
  assert.equal(firstUnreadOf(messages, 9), undefined);
});
