/** What an application for Node writes against `dimsdk/node`. It compiles where Node's types are. */
import { createDim, type FileContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  clientPlugin,
  createClient,
  httpFileService,
  localUsers,
  passphraseVault,
  systemClock,
  type Connection,
  type Files,
  type Transport,
} from 'dimsdk';
import { MtpConnection } from 'dimsdk/extend';
import {
  fileSink,
  fileSource,
  fileSpool,
  nodeScrypt,
  openSqliteStore,
  TcpStream,
  tcpTransport,
  webSocketTransport,
} from 'dimsdk/node';
import { createServer, type Server } from 'node:net';

const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });

/** A client over TCP, or over WebSockets. */
export async function open(path: string, passphrase: string, overTcp: boolean) {
  const store = await openSqliteStore({ dim, path, vault: passphraseVault(passphrase, { scrypt: nodeScrypt }) });
  const [self] = await localUsers(store, dim);
  if (self === undefined) throw new Error('nobody lives here yet');
  const transport: Transport = overTcp ? tcpTransport() : webSocketTransport();
  const files = { service: httpFileService(), spool: fileSpool() };
  const stations = [{ host: '127.0.0.1', port: 9394 }];
  const client = createClient({ dim, store, self, transport, stations, files });
  client.on('received', 'text', ({ content }) => console.log(content.text));
  await client.start();
  return client;
}

/** Files of the disk. */
export async function copy(files: Files, path: string, received: FileContent): Promise<FileContent> {
  await files.downloadTo(received, fileSink(path));
  return files.upload(await fileSource(path), { filename: 'copy.bin' });
}

/** The other side of a connection, for a server. */
export function listen(use: (connection: Connection) => void): Server {
  return createServer((socket) =>
    use(new MtpConnection(new TcpStream(socket, 'peer', systemClock), { clock: systemClock })),
  );
}
