/** Clients that come to a test network over TCP: what they hear is what those in the same process hear. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { TextContent, type ID, type User } from 'dimp';
import { createClient, MemoryClientStore, silentLogger, systemClock, type Connection } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { createTestNetwork, type NetworkFaults, type TestNetwork } from 'dimtestkit/network';
import { dim, person, texts, type TestClient } from '../world.ts';
import { serveLoopback, type LoopbackServer } from './loopback-server.ts';

/** Of this machine, for what never comes. */
const LIMIT = { timeout: 60_000 };

describe('clients over TCP', LIMIT, () => {
  let network: TestNetwork;
  let server: LoopbackServer;
  let [alice, bob]: User[] = [];

  before(async () => {
    network = await createTestNetwork({ dim, seed: 1, clock: systemClock });
    server = await serveLoopback(network);
    [alice, bob] = [await person('Alice'), await person('Bob')];
  });

  after(async () => {
    await server.close();
  });

  async function start(user: User | undefined): Promise<TestClient> {
    assert.ok(user);
    const store = new MemoryClientStore();
    await dim.addUser(store, user);
    const client = createClient({
      dim,
      store,
      self: user.id,
      transport: tcpTransport(),
      stations: [server.address],
      pauses: { first: 0.05, longest: 0.2 },
    });
    await client.start();
    return client;
  }

  async function connected(): Promise<Connection> {
    const { signal } = new AbortController();
    return tcpTransport().connect(server.address, { clock: systemClock, logger: silentLogger, signal });
  }

  test('two talk', async () => {
    assert.ok(alice && bob);
    const [a, b] = [await start(alice), await start(bob)];
    const delivery = await a.send(TextContent.create('over TCP'), bob.id);
    await delivery.until('delivered');
    assert.deepEqual(await texts(b, alice), ['over TCP']);
    assert.equal(server.connections, 2);
    await a.close();
    await b.close();
  });

  test('whatever goes wrong on the network, each message is read once', async () => {
    assert.ok(alice && bob);
    const faults: NetworkFaults = { delay: [0, 0.01], cutRate: 0.02, duplicateRate: 0.1, restartRate: 0.01 };
    network.faults = faults;
    const [a, b] = [await start(alice), await start(bob)];
    const sent = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const read = firstTexts(b, sent.length);
    for (const text of sent) await a.send(TextContent.create(text), bob.id);
    await read;
    network.faults = {};
    assert.deepEqual([...(await texts(b, alice))].sort(), [...sent].sort());
    await a.close();
    await b.close();
  });

  test('a connection that is cut ends, and what is kept stays', async () => {
    const connection = await connected();
    await closed(() => network.sessions.length === 1);
    const [session] = network.sessions;
    assert.equal(await network.cut(session?.connection), 1);
    assert.equal((await connection.ended).reason, 'failed');
    assert.deepEqual(network.sessions, []);
  });

  test('a client that ends is gone from the network', async () => {
    const connection = await connected();
    await connection.close();
    await closed(() => network.sessions.length === 0 && server.connections === 0);
  });

  test('a network that is away refuses', async () => {
    network.offline();
    await over(connect(server.address.port, server.address.host));
    network.online();
    const connection = await connected();
    await connection.close();
  });

  test('a process that is killed is gone, and what it sent is not', async () => {
    // Somebody whom the network keeps nothing for.
    const carol = await person('Carol');
    const c = await start(carol);
    const first = firstTexts(c, 1);
    const child = fork(new URL('./talker.js', import.meta.url), [
      String(server.address.port),
      JSON.stringify({ id: carol.id, meta: carol.meta, visas: carol.visas }),
    ]);
    const exit = once(child, 'exit');
    const [message] = await first;
    const { sessions } = network;
    child.kill('SIGKILL');
    await exit;
    assert.equal(sessions.length, 2);
    await closed(() => network.sessions.length === 1);
    assert.ok(message);
    assert.deepEqual(await texts(c, { id: message.sender }), ['from another process']);
    await c.close();
  });
});

/** The first texts that come from now on. */
async function firstTexts(client: TestClient, count: number): Promise<readonly { readonly sender: ID }[]> {
  const all: { readonly sender: ID }[] = [];
  return new Promise((resolve) => {
    client.on('received', 'text', (received) => {
      if (all.push(received) === count) resolve(all);
    });
  });
}

/** The other process has said that it is gone: what is left is on its way. */
async function closed(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A socket has closed, for whatever reason. */
async function over(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
}

describe('bytes over TCP', LIMIT, () => {
  async function open(): Promise<{
    network: TestNetwork;
    server: LoopbackServer;
    socket: Socket;
    heard: () => string;
  }> {
    const network = await createTestNetwork({ dim, seed: 1, clock: systemClock });
    const server = await serveLoopback(network, { connections: 1 });
    const socket = connect(server.address.port, server.address.host);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    let bytes = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece]);
    });
    return { network, server, socket, heard: () => bytes.toString('latin1') };
  }

  /** A packet, written here by hand. */
  function packet(type: number, transaction: number, body: string): Buffer {
    const header = Buffer.from('44494d400000000000000000000000000', 'hex').subarray(0, 16);
    const bytes = Buffer.concat([header, Buffer.alloc(16 - header.length), Buffer.from(body)]);
    bytes[3] = 0x40 | type;
    bytes.writeUInt32BE(transaction, 8);
    bytes.writeUInt32BE(body.length, 12);
    return bytes;
  }

  const text = (...packets: readonly Buffer[]): string => Buffer.concat(packets).toString('latin1');

  test('are answered as a station answers them', async () => {
    const { server, socket, heard } = await open();
    socket.write(Buffer.concat([Buffer.from('garbage'), packet(0, 1, 'PING'), packet(0, 2, 'NOOP')]));
    socket.write(packet(2, 3, 'PING'));
    socket.write(packet(2, 4, '{"nonsense":1}'));
    socket.end();
    await once(socket, 'end');
    assert.equal(heard(), text(packet(1, 1, 'PONG'), packet(1, 2, 'OK'), packet(3, 3, 'OK'), packet(3, 4, 'OK')));
    await server.close();
  });

  test('of a station that is silent are not answered', async () => {
    const { network, server, socket, heard } = await open();
    socket.write(packet(0, 1, 'PING'));
    await once(socket, 'data');
    assert.equal(await network.silence(), 1);
    socket.write(Buffer.concat([packet(0, 2, 'PING'), packet(2, 3, '{"nonsense":1}')]));
    await server.close();
    assert.equal(heard(), text(packet(1, 1, 'PONG')));
  });

  test('of more clients than there may be are not heard', async () => {
    const { server, socket } = await open();
    await over(connect(server.address.port, server.address.host));
    assert.equal(server.connections, 1);
    socket.destroy();
    await server.close();
    await server.close();
  });

  test('are not heard after the time that it was given', async () => {
    const network = await createTestNetwork({ dim, seed: 1, clock: systemClock });
    const server = await serveLoopback(network, { seconds: 0.05 });
    await over(connect(server.address.port, server.address.host));
    await closed(() => server.connections === 0);
    const late = connect(server.address.port, server.address.host);
    await assert.rejects(once(late, 'connect'), { code: 'ECONNREFUSED' });
  });
});
