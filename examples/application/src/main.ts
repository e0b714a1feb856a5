/** Two people share a shopping list; a friend without the application sees that there is something. */
import assert from 'node:assert/strict';
import { createDim, MemoryStore } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { ShoppingList, shoppingPlugin } from './shopping-list.ts';

const dim = createDim({ plugins: [standardPlugin(), shoppingPlugin] });
const store = new MemoryStore();
const [alice, bob] = [await dim.createUser({ name: 'Alice' }), await dim.createUser({ name: 'Bob' })];
await dim.addUser(store, alice);
await dim.addUser(store, bob);

const list = ShoppingList.create([
  { name: 'flour', amount: 2 },
  { name: 'eggs', amount: 12 },
]);
const bytes = await dim.messenger({ self: alice.id, store }).pack(list, bob.id);

const { content } = await dim.messenger({ self: bob.id, store }).unpack(bytes);
assert.ok(content.kind === 'shopping-list');
for (const { name, amount } of content.items) console.log(`${amount} x ${name}`);

const plain = createDim({ plugins: [standardPlugin()] });
// The same message once more, which a messenger refuses unless it is told otherwise.
const { content: seen } = await plain.messenger({ self: bob.id, store, replay: false }).unpack(bytes);
console.log(`without the plugin: ${seen.kind}, ${seen.kind === 'unknown-application' ? seen.app : ''}, nothing lost`);
assert.deepEqual(seen.toMap(), list.toMap());
