/** Four people, one of them with two devices. Each device has what it knows in a store of its own. */
import type { User } from 'dimp';
import { addLocalUser, createClient, MemoryClientStore, type Transport } from 'dimsdk';
import { tcpTransport, webSocketTransport } from 'dimsdk/node';
import type { Report } from 'example-chat/report';
import { dim, type ChatClient } from './dim.ts';
import type { StationHere } from './station-here.ts';

/** Somebody, at a device. */
export interface Device {
  readonly name: string;
  readonly client: ChatClient;
}

/** Everybody in the demo. */
export interface People {
  readonly alice: Device;
  readonly bobsPhone: Device;
  readonly bobsDesk: Device;
  readonly carol: Device;
  readonly dave: Device;
}

/** Makes the people, and has them come in: some over TCP, some over WebSockets. */
export async function comeIn(station: StationHere, report: Report): Promise<People> {
  report.step('Four people come in, one of them with two devices');
  const [alice, bob, carol, dave] = await Promise.all(
    ['Alice', 'Bob', 'Carol', 'Dave'].map(async (name) => dim.createUser({ name })),
  );
  if (alice === undefined || bob === undefined || carol === undefined || dave === undefined) throw new Error('nobody');
  const [phone, desk] = await Promise.all(
    ['phone', 'desk'].map(async (terminal) => dim.createDevice({ user: bob, terminal })),
  );
  if (phone === undefined || desk === undefined) throw new Error('no device');
  const [tcp, webSocket] = [tcpTransport(), webSocketTransport()];
  const people: People = {
    alice: await device('Alice', alice, tcp, station),
    bobsPhone: await device("Bob's phone", phone, webSocket, station, 'phone'),
    bobsDesk: await device("Bob's desk", desk, tcp, station, 'desk'),
    carol: await device('Carol', carol, webSocket, station),
    dave: await device('Dave', dave, tcp, station),
  };
  for (const { name, client } of Object.values(people) as readonly Device[]) {
    await untilOnline(client);
    report.check(name, `is in as ${client.self.toString()}`);
  }
  return people;
}

/** All go. */
export async function leave(people: People): Promise<void> {
  await Promise.all((Object.values(people) as readonly Device[]).map(async ({ client }) => client.close()));
}

/** Somebody at a device, who connects at once. */
export async function device(
  name: string,
  user: User,
  transport: Transport,
  station: StationHere,
  terminal?: string,
): Promise<Device> {
  const store = new MemoryClientStore();
  await addLocalUser(dim, store, user);
  const self = terminal === undefined ? user.id : user.id.at(terminal);
  const stations = [{ host: '127.0.0.1', port: station.port, id: station.id }];
  // A station that is started again is there after a moment.
  const client = createClient({ dim, store, self, transport, stations, pauses: { first: 0.1, longest: 0.5 } });
  await client.start();
  return { name, client };
}

/** Waits until somebody is in. */
export async function untilOnline(client: ChatClient): Promise<void> {
  if (client.connection.is === 'online') return;
  await new Promise<void>((resolve) => {
    const stop = client.on('connection', ({ is }) => {
      if (is !== 'online') return;
      stop();
      resolve();
    });
  });
}

/** Waits for a text. What is read was verified. */
export async function untilRead({ client }: Device, text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = client.on('received', 'text', ({ content }) => {
      if (content.text !== text) return;
      stop();
      resolve();
    });
  });
}
