/** Two people share a shopping list; a friend without the application sees that there is something. */
import assert from 'node:assert/strict';
import { createDim, MemoryStore } from 'dimp';
import { standardPlugins } from 'dimplugins';
import { ShoppingList, shoppingPlugin } from './shopping-list.ts';

const dim = createDim({ plugins: [standardPlugins(), shoppingPlugin] });
const store = new MemoryStore();
const [alice, bob] = [await dim.createUser({ name: 'Alice' }), await dim.createUser({ name: 'Bob' })];
await dim.addUser(store, alice);
await dim.addUser(store, bob);

const list = ShoppingList.create([
  { name: 'flour', amount: 2 },
  { name: 'eggs', amount: 12 },
]);
const bytes = await dim.messenger({ user: alice.id, store }).pack(list, bob.id);

const { content } = await dim.messenger({ user: bob.id, store }).unpack(bytes);
assert.ok(content.kind === 'shopping-list');
for (const { name, amount } of content.items) console.log(`${amount} x ${name}`);

const plain = createDim({ plugins: [standardPlugins()] });
// The same message once more, which a messenger refuses unless it is told otherwise.
const { content: seen } = await plain.messenger({ user: bob.id, store, replay: false }).unpack(bytes);
console.log(`without the plugin: ${seen.kind}, ${seen.kind === 'application' ? seen.app : ''}, nothing lost`);
assert.deepEqual(seen.toMap(), list.toMap());
