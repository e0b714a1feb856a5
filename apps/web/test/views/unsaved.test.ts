/** The last words before a page ends are there when it is shown again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Unsaved, type Place } from '../../src/page/unsaved.ts';

function place(): Place & { readonly rows: Map<string, string> } {
  const rows = new Map<string, string>();
  return {
    rows,
    get length() {
      return rows.size;
    },
    key: (index) => [...rows.keys()][index] ?? null,
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
    removeItem: (key) => void rows.delete(key),
  };
}

test('what nobody has saved is there for the next page, and what was saved is not', async () => {
  const kept = place();
  const before = new Unsaved(() => kept);
  // The engine ends with the page, and answers no more.
  void before.during('bob', 'Half a sent', async () => new Promise(() => undefined));
  const after = new Unsaved(() => kept);
  assert.equal(after.of('bob'), 'Half a sent');
  assert.equal(after.of('carol'), undefined);
  await assert.rejects(after.during('carol', 'locked', async () => Promise.reject(new Error('is locked'))));
  assert.equal(after.of('carol'), 'locked');
  await after.during('bob', 'Half a sentence', async () => undefined);
  assert.equal(after.of('bob'), undefined);
  kept.setItem('dim-web.theme', 'dark');
  after.forget();
  assert.deepEqual([...kept.rows.keys()], ['dim-web.theme']);
});

test('a later text is not taken away by an earlier one that is saved', async () => {
  const one = new Unsaved(place);
  const kept = place();
  const two = new Unsaved(() => kept);
  await two.during('bob', 'a', async () => void two.during('bob', 'ab', async () => new Promise(() => undefined)));
  assert.equal(two.of('bob'), 'ab');
  await one.during('bob', 'x', async () => undefined);
  const none = new Unsaved(() => {
    throw new Error('no storage');
  });
  await none.during('bob', 'x', async () => undefined);
  assert.equal(none.of('bob'), undefined);
});
