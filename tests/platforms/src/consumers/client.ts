/** What an application writes against `dimsdk`. It must compile in other people's projects as it does here. */
import { createDim, TextContent, type ID, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  addLocalUser,
  clientPlugin,
  createClient,
  defineHandler,
  exportIdentity,
  httpFileService,
  MemoryClientStore,
  passphraseVault,
  permissionOf,
  roleOf,
  webSocketTransport,
  withVault,
  type Client,
  type ClientStore,
  type Connection,
  type FileService,
  type GroupState,
  type Received,
  type Transport,
  type VaultChoice,
} from 'dimsdk';
import { openIndexedDbStore } from 'dimsdk/browser';
import { checkRowChanges, MtpConnection, type ByteStream } from 'dimsdk/extend';
import { createRecoveryWords, userFromWords } from 'dimsdk/words';
import { assertContract, checkClientStore } from 'dimtestkit/client-store';
import { checkConnection } from 'dimtestkit/connection';
import { createTestNetwork, TestClock } from 'dimtestkit/network';

export const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });

const echo = defineHandler('text', ({ content, key }) => ({
  replies: [TextContent.create(content.text)],
  rows: [{ do: 'put-row', row: { table: 'app-said', key, partition: '', order: 0, value: { text: content.text } } }],
}));

/** Sends and receives, over a network in memory. */
export async function talk(): Promise<string> {
  const clock = new TestClock();
  const { transport, address } = await createTestNetwork({ dim, seed: 1, clock });
  const alice = await dim.createUser({ name: 'Alice' });
  const store = new MemoryClientStore();
  await addLocalUser(dim, store, alice);
  const stations = [address];
  const client = createClient({ dim, store, self: alice.id, transport, stations, clock, handlers: [echo] });
  const texts: string[] = [];
  client.on('received', 'text', ({ content, sender }) => texts.push(`${sender.toString()}: ${content.text}`));
  client.on('received', 'receipt', ({ content }) => texts.push(content.text));
  client.on('connection', (state) => texts.push(state.is));
  await client.start();
  const delivery = await client.send(TextContent.create('Hello!'), alice.id);
  for await (const state of delivery) if (state === 'delivered') break;
  const [newest] = await client.conversations.messages(alice.id, { limit: 1 });
  await client.close();
  return newest?.content.kind === 'text' ? newest.content.text : texts.join();
}

/** A client of somebody who has recovery words. */
export async function openWithWords(store: ClientStore, passphrase: string) {
  const sealed = withVault(store, passphraseVault(passphrase), dim);
  const user: User = await userFromWords(dim, createRecoveryWords(), { name: 'Alice', terminals: ['phone'] });
  await addLocalUser(dim, sealed, user);
  const transport: Transport = webSocketTransport({ limits: { payloadBytes: 1_000_000 } });
  const stations = [{ host: 'station.example', port: 443, secure: true }];
  const service: FileService = httpFileService({ allowUrl: () => true });
  const client = createClient({ dim, store: sealed, self: user.id, transport, stations, files: { service } });
  return { client, backup: await exportIdentity(dim, sealed, user.id, { passphrase }) };
}

/** Where everything is kept: in a page, or in memory. */
export async function keep(vault: VaultChoice, name?: string): Promise<ClientStore> {
  return name === undefined ? new MemoryClientStore() : openIndexedDbStore({ dim, name, vault });
}

/** Whether somebody may be shown a button. */
export function mayInvite(state: GroupState, user: ID): boolean {
  return permissionOf('invite', roleOf(state, user)) === 'allowed';
}

/** What an author of a transport writes. */
export function connectionOf(stream: ByteStream, clock: TestClock): Connection {
  checkRowChanges([{ do: 'delete-row', table: 'app-said', key: '1' }]);
  return new MtpConnection(stream, { clock });
}

export const contract = async (line: Promise<ByteStream>): Promise<void> => {
  assertContract(await checkClientStore({ dim, open: () => new MemoryClientStore() }));
  const open = ({ clock }: { readonly clock: TestClock }) => ({
    connection: line.then((stream) => connectionOf(stream, clock)),
    line,
  });
  assertContract(
    await checkConnection({
      name: 'own',
      framing: 'mtp',
      payloadBytes: 70_000,
      open: () => open({ clock: new TestClock() }),
    }),
  );
};

/** What must not compile. Nobody calls it. */
export async function wrong(client: Client, bob: ID, received: Received<TextContent>): Promise<void> {
  // @ts-expect-error -- a text is no content
  await client.send('Hello!', bob);
  // @ts-expect-error -- a client needs somewhere to keep things
  createClient({ dim, self: bob, transport: webSocketTransport(), stations: [] });
  // @ts-expect-error -- no such event
  client.on('recieved', () => undefined);
  // @ts-expect-error -- a handler gives a reaction, and sends nothing by itself
  defineHandler('text', ({ content }: Received<TextContent>) => content.text);
  // @ts-expect-error -- what was received is not written to
  received.sender = bob;
}
