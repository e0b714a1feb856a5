/** Two stations over the ports of this machine. */
import { deepStrictEqual } from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { createClient, MemoryClientStore, silentLogger, systemClock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { createStation, listen, memoryEngine, type AcceptLink, type Listener, type Station } from 'dimstation';
import { stationIdentity } from '../bridge/region.ts';
import { dim, heard, online, person, texts, until, type TestClient } from '../world.ts';

/** A station at a port of its own; which other one it connects to is known when both listen. */
async function listening(accept: () => AcceptLink | undefined): Promise<Listener> {
  const taken: AcceptLink = (link) => {
    const take = accept();
    if (take !== undefined) return take(link);
    link.close();
    return { receive: () => undefined, drained: () => undefined, ended: () => undefined };
  };
  return listen({ accept: taken, host: '127.0.0.1', port: 0, clock: systemClock });
}

test('two people at two stations talk over TCP', async () => {
  const names = ['Abbey', 'Borough'] as const;
  const stations = new Map<string, Station>();
  const listeners = new Map<string, Listener>();
  for (const name of names) listeners.set(name, await listening(() => stations.get(name)?.accept));
  const portOf = (name: string): number => listeners.get(name)?.port ?? 0;
  for (const [index, name] of names.entries()) {
    const other = names[1 - index] ?? name;
    const neighbors = [{ host: '127.0.0.1', port: portOf(other), id: (await stationIdentity(other)).id }];
    const bridge = { transport: tcpTransport(), neighbors, pauses: { first: 0.05, longest: 0.2 } };
    const identity = await stationIdentity(name);
    stations.set(name, await createStation({ dim, identity, engine: memoryEngine(), bridge }));
  }
  const client = async (name: string, at: string): Promise<TestClient> => {
    const store = new MemoryClientStore();
    const user = person(name);
    await dim.addUser(store, user);
    const address = { host: '127.0.0.1', port: portOf(at), id: (await stationIdentity(at)).id };
    const made = createClient({ dim, self: user.id, store, transport: tcpTransport(), stations: [address] });
    await made.start();
    await online(made);
    return made;
  };
  const bob = await client('Bob', 'Borough');
  const alice = await client('Alice', 'Abbey');
  // Both know each other from here: each asks for the other, and its station asks the other station.
  const sent = ['One', 'Two', 'Three'];
  const both = Promise.all([heard(bob, sent.length), heard(alice, sent.length)]);
  for (const text of sent) {
    await alice.send(TextContent.create(text), bob.self);
    await bob.send(TextContent.create(text), alice.self);
  }
  await both;
  deepStrictEqual((await texts(bob, person('Alice'))).length, 2 * sent.length);
  deepStrictEqual((await texts(alice, person('Bob'))).length, 2 * sent.length);
  for (const station of stations.values())
    deepStrictEqual(
      station.neighbors().map(({ isConnected, problem }) => [isConnected, problem]),
      [[true, undefined]],
    );
  await Promise.all([alice.close(), bob.close()]);
  for (const station of stations.values()) await station.close();
  for (const listener of listeners.values()) await listener.close({ graceSeconds: 1 });
});

test('why there is no connection to a neighbor is said: a warning where it does not mend itself', async () => {
  const [abbey, borough, chelsea] = await Promise.all(['Abbey', 'Borough', 'Chelsea'].map(stationIdentity));
  if (abbey === undefined || borough === undefined || chelsea === undefined) throw new Error('there are three');
  const there = await createStation({ dim, identity: borough, engine: memoryEngine() });
  const listener = await listening(() => there.accept);
  const logged: string[] = [];
  const log = (level: string) => (event: string, details: object | undefined) =>
    event === 'no connection to a neighbor' && logged.push(`${level} ${JSON.stringify(details)}`);
  const logger = { ...silentLogger, info: log('info'), warn: log('warn') };
  const host = '127.0.0.1';
  const neighbors = [
    { host, port: await freePort(), id: borough.id },
    { host, port: listener.port, id: chelsea.id },
  ];
  const bridge = { transport: tcpTransport(), neighbors, pauses: { first: 0.05, longest: 0.2 } };
  const station = await createStation({ dim, identity: abbey, engine: memoryEngine(), logger, bridge });
  await until(() => station.neighbors().every(({ problem }) => problem !== undefined));
  const [nobody, another] = station.neighbors().map(({ problem }) => problem);
  deepStrictEqual(nobody, `tcp://${host}:${neighbors[0]?.port}: no connection could be made: nobody listens there`);
  deepStrictEqual(another, `another station answers: ${borough.id.toString()}`);
  deepStrictEqual(logged.map((line) => line.slice(0, 5)).sort(), ['info ', 'warn ']);
  deepStrictEqual(
    station.neighbors().map(({ isConnected }) => isConnected),
    [false, false],
  );
  await station.close();
  await there.close();
  await listener.close({ graceSeconds: 1 });
});

/** One that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
