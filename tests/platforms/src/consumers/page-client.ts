/** What a page writes against `dimsdk/browser`, with what it has of the browser's. */
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { clientPlugin, createClient, httpFileService, localUsers, passphraseVault, webSocketTransport } from 'dimsdk';
import { deleteIndexedDbStore, openIndexedDbStore } from 'dimsdk/browser';

const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });

/** A client of a page. */
export async function open(passphrase: string) {
  const store = await openIndexedDbStore({ dim, name: 'chat', vault: passphraseVault(passphrase) });
  const [self] = await localUsers(store, dim);
  if (self === undefined) throw new Error('nobody lives here yet');
  const files = { service: httpFileService({ fetch, allowUrl: ({ host }) => host === 'files.example' }) };
  const stations = [{ host: location.hostname, port: 443, secure: true }];
  const client = createClient({ dim, store, self, transport: webSocketTransport({ WebSocket }), stations, files });
  addEventListener('online', () => client.goOnline());
  for await (const { content } of client.events('received', AbortSignal.timeout(1000))) console.log(content.kind);
  const avatar = await client.files.uploadAvatar(new File(['…'], 'me.png'));
  console.log(avatar.url);
  return client;
}

/** What must not compile. Nobody calls it. */
export async function wrong(): Promise<void> {
  // @ts-expect-error -- that nobody seals the keys has to be said
  await openIndexedDbStore({ dim, name: 'chat' });
  await deleteIndexedDbStore({ name: 'chat' });
}
