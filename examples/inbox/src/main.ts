/** A message of a stranger waits until the stranger's meta was learned. */
import { createDim, MemoryStore, MetaCommand, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { Inbox } from './inbox.ts';
import { learnFrom, questionFor } from './learning.ts';

const dim = createDim({ plugins: [standardPlugin()] });
const alice = await dim.createUser({ name: 'Alice' });
const bob = await dim.createUser({ name: 'Bob' });
const [atAlice, atBob] = [new MemoryStore(), new MemoryStore()];
await dim.addUser(atAlice, alice);
await dim.addContact(atAlice, bob);
await dim.addUser(atBob, bob);

const messenger = dim.messenger({ self: bob.id, store: atBob });
const inbox = new Inbox({
  messenger,
  show: (_sender, content) => console.log(content instanceof TextContent ? `Alice: ${content.text}` : content.kind),
  ask: (missing) => console.log(`asked the station: ${questionFor(missing)?.kind ?? 'nothing'}, for ${missing.what}`),
  acknowledge: () => console.log('acknowledged'),
});

const bytes = await dim.messenger({ self: alice.id, store: atAlice }).pack(TextContent.create('Hello!'), bob.id);
console.log(await inbox.receive(bytes));
await learnFrom(messenger, MetaCommand.answer(alice.id, alice.meta));
await inbox.tryAgain();
