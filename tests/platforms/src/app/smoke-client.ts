/**
 * `smoke-client PORT`: two clients talk over a network in memory, and, where the platform has WebSockets, over those to the station at a port of
 * this machine. It throws, or names the ways.
 */
import assert from 'node:assert/strict';
import { argv } from 'node:process';
import { createDim, TextContent, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  addLocalUser,
  clientPlugin,
  createClient,
  exportIdentity,
  importIdentity,
  localUsers,
  MemoryClientStore,
  passphraseVault,
  silentLogger,
  systemClock,
  webSocketTransport,
  withVault,
  type ClientStore,
  type Clock,
  type StationAddress,
  type Transport,
} from 'dimsdk';
import { createRecoveryWords, userFromWords } from 'dimsdk/words';
import { createTestNetwork, TestClock } from 'dimtestkit/network';

const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });
/** Cheap: how long scrypt takes is not what is tested. */
const vault = passphraseVault('correct horse', { cost: 16, lowestCost: 16 });
const newStore = (): ClientStore => withVault(new MemoryClientStore(), vault, dim);

const alice = await moved(await userFromWords(dim, createRecoveryWords(), { name: 'Alice' }));
const bob = newStore();
await addLocalUser(dim, bob, await dim.createUser({ name: 'Bob' }));

const ways = ['in memory'];
const clock = new TestClock();
const network = await createTestNetwork({ dim, seed: 1, clock, faults: { delay: [0, 1], cutRate: 0.02 } });
// Its clock runs ahead: what comes after finds stores with times of the future, as after a clock that was set back.
await talk({
  transport: network.transport,
  address: network.address,
  clock,
  until: (waits) => clock.until(waits),
});
const address = { host: '127.0.0.1', port: Number(argv[2]) };
const transport = webSocketTransport();
if ('WebSocket' in globalThis) {
  await talk({ transport, address, clock: systemClock, until: (waits) => waits });
  ways.push('over WebSockets');
} else {
  const { signal } = new AbortController();
  const connection = transport.connect(address, { clock: systemClock, logger: silentLogger, signal });
  await assert.rejects(connection, /no WebSocket: pass one, or use dimsdk\/node/);
}
console.log(ways.join(', '));

/** The store of another device to which an identity was taken. */
async function moved(user: User): Promise<ClientStore> {
  const [before, after] = [newStore(), newStore()];
  await addLocalUser(dim, before, user);
  const text = await exportIdentity(dim, before, user.id, { passphrase: 'battery staple' });
  await importIdentity(dim, after, text, { passphrase: 'battery staple' });
  return after;
}

interface Way {
  readonly transport: Transport;
  readonly address: StationAddress;
  readonly clock: Clock;
  readonly until: <T>(waits: Promise<T>) => Promise<T>;
}

/** Both write, and both read. */
async function talk({ transport: over, address: station, clock: by, until }: Way): Promise<void> {
  const open = async (store: ClientStore) => {
    const [self] = await localUsers(store, dim);
    assert.ok(self);
    const client = createClient({ dim, store, self, transport: over, stations: [station], clock: by });
    await client.start();
    return client;
  };
  const [a, b] = [await open(alice), await open(bob)];
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const text = `Hello from ${from.self.toString()}`;
    const received = new Promise<string>((resolve) => {
      to.on('received', 'text', ({ content }) => resolve(content.text));
    });
    const delivery = await from.send(TextContent.create(text), to.self);
    await until(delivery.until('delivered'));
    assert.equal(await until(received), text);
  }
  await Promise.all([a.close(), b.close()]);
}
