/** dimp: two people, two calls. Alice packs a message for Bob, Bob unpacks it. */
import assert from 'node:assert/strict';
import { createDim, DimError, MemoryStore, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';

const dim = createDim({ plugins: [standardPlugin()] });
const alice = await dim.createUser({ name: 'Alice' });
const bob = await dim.createUser({ name: 'Bob' });

// Each device knows its own user whole, and of others what everybody may know.
const atAlice = new MemoryStore();
await dim.addUser(atAlice, alice);
await dim.addContact(atAlice, bob);
const atBob = new MemoryStore();
await dim.addUser(atBob, bob);

// Bob does not know Alice yet: she introduces herself.
const sending = dim.messenger({ self: alice.id, store: atAlice });
const bytes = await sending.pack(TextContent.create('Hello Bob!'), bob.id, { introduce: true });
console.log('package ', `${bytes.length} bytes`);

const receiving = dim.messenger({ self: bob.id, store: atBob });
const { content, sender } = await receiving.unpack(bytes);
if (content.kind === 'text') console.log('Bob read', `"${content.text}" from ${sender.toString()}`);
assert.ok(content.kind === 'text' && content.text === 'Hello Bob!' && sender.equals(alice.id));

// Somebody on the way puts another message of hers into this one.
const message = dim.ReliableMessage.decode(bytes);
const { message: other } = await sending.packMessage(TextContent.create('Lend Mallory my bicycle.'), bob.id);
const forged = dim.ReliableMessage.parse({ ...message.toMap(), data: other.data });
try {
  await receiving.open(forged);
  assert.fail('a forged message was accepted');
} catch (error) {
  if (!(error instanceof DimError)) throw error;
  console.log('forged  ', error.code);
}
