import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Content, createDim, defineApplication, definePlugin } from 'dimp';
import { assertContract, checkContent } from 'dimtestkit/contents';
import { standardPlugin } from 'dimplugins';
import { ShoppingList, shoppingPlugin } from './shopping-list.ts';

const dim = createDim({ plugins: [standardPlugin(), shoppingPlugin] });
const list = ShoppingList.create([{ name: 'flour', amount: 2 }]);

test('the content meets what the core relies on', async () => {
  assertContract(await checkContent(dim, 'shopping-list', [list.toMap()]));
});

test('a bad item is an error with its place', () => {
  const result = dim.Content.safeParse({
    ...list.toMap(),
    items: [
      { name: 'flour', amount: 2 },
      { name: 'eggs', amount: -1 },
    ],
  });
  assert.ok(!result.ok);
  assert.deepEqual([result.error.code, result.error.path], ['INPUT_RANGE', 'items[1].amount']);
});

test('contents of other applications stay what they are', () => {
  assert.equal(dim.Content.parse({ ...list.toMap(), app: 'chat.example.chess' }).kind, 'unknown-application');
});

test('a list that nobody could read is not made', () => {
  assert.throws(() => ShoppingList.create([{ name: 'eggs', amount: -1 }]), {
    code: 'USAGE_ARGUMENT',
    path: 'items[0].amount',
  });
});

test('the plugin of another application stands beside ours', () => {
  class Move extends Content {
    readonly kind = 'chess-move';
  }
  const chess = definePlugin('chess', [
    defineApplication({ app: 'chat.example.chess', kind: 'chess-move', class: Move }),
  ]);
  const both = dim.extend(chess);
  assert.equal(both.Content.parse({ ...list.toMap(), app: 'chat.example.chess' }).kind, 'chess-move');
  assert.equal(both.Content.parse(list.toMap()).kind, 'shopping-list');
});
