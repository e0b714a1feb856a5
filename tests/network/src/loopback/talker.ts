/** A process that comes to a test network of another one, says one thing, and stays until it is killed. */
import { TextContent } from 'dimp';
import { createClient, MemoryClientStore } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { dim } from '../world.ts';

const [port = '', known = ''] = process.argv.slice(2);
const other = JSON.parse(known) as { readonly id: string; readonly meta: unknown; readonly visas: readonly unknown[] };
const user = await dim.createUser({ name: 'Talker' });
const store = new MemoryClientStore();
await dim.addUser(store, user);
const id = dim.ID.parse(other.id);
const visas = other.visas.map((visa) => dim.Document.parse(visa));
await dim.addContact(store, { id, meta: dim.Meta.parse(other.meta), visas });
const client = createClient({
  dim,
  store,
  self: user.id,
  transport: tcpTransport(),
  stations: [{ host: '127.0.0.1', port: Number(port) }],
});
await client.start();
await client.send(TextContent.create('from another process'), id);
