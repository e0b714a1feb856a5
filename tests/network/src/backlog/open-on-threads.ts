/** A program that opens so many messages on threads, says what it read, and leaves it at that: it closes nothing. */
import { createDim, MemoryStore, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { threadedBackend } from 'dimplugins/backends/native';

const COUNT = Number(process.argv.at(-1));

const dim = createDim({ plugins: [standardPlugin({ backend: threadedBackend })] });
const [alice, bob] = await Promise.all([dim.createUser({ name: 'Alice' }), dim.createUser({ name: 'Bob' })]);

async function messengerOf(user: typeof alice, contact: typeof alice): Promise<ReturnType<typeof dim.messenger>> {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  await dim.addContact(store, contact);
  return dim.messenger({ self: user.id, store });
}

const sender = await messengerOf(alice, bob);
const packages: Uint8Array[] = [];
for (let index = 0; index < COUNT; index++) packages.push(await sender.pack(TextContent.create(`${index}`), bob.id));

const texts: string[] = [];
for await (const opened of (await messengerOf(bob, alice)).unpackAll(packages)) {
  if (opened.is === 'failed') throw opened.error;
  const { content } = opened.unpacked;
  if (content.kind === 'text') texts.push(content.text);
}
console.log(JSON.stringify(texts));
