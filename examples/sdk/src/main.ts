/** Two people talk: over a network in memory, with connections that are lost now and then. */
import { createDim, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { addLocalUser, clientPlugin, createClient, defineHandler, MemoryClientStore } from 'dimsdk';
import { createTestNetwork, TestClock } from 'dimtestkit/network';

const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });
const clock = new TestClock();
const { transport, address } = await createTestNetwork({
  dim,
  seed: 1,
  clock,
  faults: { cutRate: 0.02, delay: [0, 1] },
});

// What Bob answers goes out with the note that he has read it: once, whenever his process ends.
const echo = defineHandler('text', ({ content }) => ({ replies: [TextContent.create(`You said: ${content.text}`)] }));

async function person(name: string, handlers: Parameters<typeof createClient>[0]['handlers'] = []) {
  const [user, store] = [await dim.createUser({ name }), new MemoryClientStore()];
  await addLocalUser(dim, store, user);
  const client = createClient({ dim, store, self: user.id, transport, stations: [address], clock, handlers });
  client.on('received', 'text', ({ content }) => console.log(`${name} reads: ${content.text}`));
  await client.start();
  return client;
}
const [alice, bob] = [await person('Alice'), await person('Bob', [echo])];

const answered = new Promise<void>((resolve) => void alice.on('received', 'text', () => resolve()));
const delivery = await alice.send(TextContent.create('Hello, Bob!'), bob.self);
console.log(`Alice's message is ${delivery.state}`);
await clock.until(delivery.until('delivered'));
console.log(`Alice's message is ${delivery.state}`);
await clock.until(answered);

for (const { content, isOwn } of await alice.conversations.messages(bob.self))
  if (content.kind === 'text') console.log(`${isOwn ? 'out' : 'in '} ${content.text}`);
await Promise.all([alice.close(), bob.close()]);
