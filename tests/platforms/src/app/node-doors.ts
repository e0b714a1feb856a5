/**
 * `node-doors FOLDER PORT`: what of `dimsdk/node` works here, with files in an empty folder, and WebSockets to a port of this
 * machine. It throws, or says what came of each.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { argv } from 'node:process';
import { createDim, isDimError } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { passphraseVault, silentLogger, systemClock, type Transport } from 'dimsdk';
import { fileSink, fileSource, nodeScrypt, openSqliteStore, tcpTransport, webSocketTransport } from 'dimsdk/node';

const [, , folder = '.', port = ''] = argv;
const dim = createDim({ plugins: [standardPlugin()] });
const vault = passphraseVault('correct horse', { scrypt: nodeScrypt, cost: 16, lowestCost: 16 });
const path = `${folder}/chat.db`;

console.log(`SQLite: ${await outcomeOf(keep)}`);
console.log(`TCP: ${await outcomeOf(listenAndConnect)}`);
console.log(`WebSockets: ${await outcomeOf(async () => connect(webSocketTransport(), Number(port)))}`);
console.log(`files: ${await outcomeOf(copy)}`);

/** What came of it: `works`, or the error, which is to be one of ours. */
async function outcomeOf(action: () => Promise<void>): Promise<string> {
  try {
    await action();
    return 'works';
  } catch (error) {
    if (!isDimError(error)) throw error;
    return `${error.code} ${error.message}`;
  }
}

/** Keeps a row and a user, and finds both again. */
async function keep(): Promise<void> {
  const user = await dim.createUser({ name: 'Alice' });
  const row = { table: 'app-notes', key: '1', partition: '', order: 0, value: { text: 'Hello' } };
  try {
    const store = await openSqliteStore({ dim, path, vault });
    await dim.addUser(store, user);
    await store.commit([], [{ do: 'put-row', row }]);
    await store.close();
  } catch (error) {
    assert.ok(!existsSync(path));
    throw error;
  }
  const again = await openSqliteStore({ dim, path, vault });
  assert.deepEqual(await again.row('app-notes', '1'), row);
  assert.ok((await again.keys(user.id))?.identity);
  await again.close();
}

async function listenAndConnect(): Promise<void> {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await connect(tcpTransport(), (server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

async function connect(transport: Transport, at: number): Promise<void> {
  const options = { clock: systemClock, logger: silentLogger, signal: new AbortController().signal };
  const connection = await transport.connect({ host: '127.0.0.1', port: at }, options);
  await connection.close();
}

async function copy(): Promise<void> {
  await new Blob(['Hello']).stream().pipeTo(fileSink(`${folder}/here`));
  await (await fileSource(`${folder}/here`)).stream().pipeTo(fileSink(`${folder}/there`));
  assert.equal(await readFile(`${folder}/there`, 'utf8'), 'Hello');
}
