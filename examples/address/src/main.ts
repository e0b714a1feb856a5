/** Identities with an address of our own exchange a message; an address of an unknown kind is kept readable. */
import assert from 'node:assert/strict';
import { createDim, MemoryStore, TextContent, verifyMeta } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { bech32Plugin } from './bech32-address.ts';
import { unknownAddressPlugin } from './unknown-address.ts';

const dim = createDim({ plugins: [standardPlugin(), bech32Plugin] });
const alice = await dim.createUser({ name: 'Alice', seed: 'alice', metaType: 'BECH32' });
const bob = await dim.createUser({ name: 'Bob' });
console.log('new kind  ', alice.id.toString());
assert.ok(await verifyMeta(alice.meta, dim.ID.parse(alice.id.toString())));

const store = new MemoryStore();
await dim.addUser(store, alice);
await dim.addUser(store, bob);
const bytes = await dim.messenger({ self: alice.id, store }).pack(TextContent.create('Hello'), bob.id);
const { content, sender } = await dim.messenger({ self: bob.id, store }).unpack(bytes);
console.log('message   ', content.kind === 'text' && content.text, 'from', sender.name);
assert.ok(sender.equals(alice.id));

// Somebody without our plugin: an error that says so, or an ID to show.
const standard = createDim({ plugins: [standardPlugin()] });
const refused = standard.ID.safeParse(alice.id.toString());
assert.ok(!refused.ok);
console.log('standard  ', refused.error.message);
const lenient = standard.extend(unknownAddressPlugin);
const shown = lenient.ID.parse(alice.id.toString());
console.log('compatible', shown.toString(), `(${shown.address.kind})`);
// To be shown, not to be trusted: no meta can be read for it.
const meta = lenient.Meta.safeParse(alice.meta.toMap());
assert.ok(!meta.ok && meta.error.code === 'UNSUPPORTED_META');
