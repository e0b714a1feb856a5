/**
 * How many messages a station passes on in a second, beside what reading and writing the same frames takes: twenty people in ten
 * pairs, each of whom sends to the other. `node dist/load/relay.js [messages of each] [file of SQLite]`
 */
import { argv } from 'node:process';
import { TextContent } from 'dimp';
import { silentLogger, systemClock, type Connection } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { dim, person } from '../world.ts';
import { RawClient } from '../raw-client.ts';
import { StationProcess, type ServerKind } from '../station-process.ts';
import { LOADED } from './loaded.ts';

const [, , count = '500', path = ''] = argv;
const EACH = Number(count);
const transport = tcpTransport();

async function cpuOf(server: StationProcess): Promise<number> {
  const { cpu } = await server.usage();
  return (cpu.user + cpu.system) / 1e6;
}

async function connect(port: number): Promise<Connection> {
  const { signal } = new AbortController();
  return transport.connect({ host: '127.0.0.1', port }, { clock: systemClock, logger: silentLogger, signal });
}

/** The messages of each, ready to be sent. */
const messages = new Map<string, readonly Uint8Array[]>();
const people = LOADED.map((name) => person(name));

async function run(kind: ServerKind): Promise<{ readonly rate: number; readonly p99: number; readonly cpu: number }> {
  const server = await new StationProcess(kind, kind === 'bare' ? '' : path).start();
  const members: RawClient[] = [];
  for (const user of people) {
    const connection = await connect(server.port);
    const member = await RawClient.open(dim, user, connection);
    // A link begins with its first bytes: so they come in order.
    if (kind === 'station') await member.logIn();
    else await connection.send(new TextEncoder().encode(user.id.toString()));
    members.push(member);
  }
  const before = await cpuOf(server);
  const started = performance.now();
  const waits: number[] = [];
  const sentAt = new Map<number, number>();
  let left = EACH * people.length;
  await new Promise<void>((done) => {
    for (const { connection, incoming, user } of members) {
      void (async () => {
        for (let next = await incoming.next(); next.done !== true; next = await incoming.next()) {
          next.value.acknowledge();
          const tag = tagOf(next.value.bytes);
          const at = tag === undefined ? undefined : sentAt.get(tag);
          // Receipts are beside it.
          if (at === undefined) continue;
          waits.push(performance.now() - at);
          left -= 1;
          if (left === 0) done();
        }
      })();
      void (async () => {
        for (const bytes of messages.get(user.id.entityKey) ?? []) {
          await room();
          sentAt.set(tagOf(bytes) ?? -1, performance.now());
          void connection.send(bytes).then(() => (flow.unanswered -= 1));
        }
      })();
    }
  });
  const seconds = (performance.now() - started) / 1000;
  const cpu = (await cpuOf(server)) - before;
  for (const { connection } of members) void connection.close();
  await server.kill();
  waits.sort((one, other) => one - other);
  return { rate: (EACH * people.length) / seconds, p99: waits[Math.floor(waits.length * 0.99)] ?? 0, cpu };
}

/** As many are on their way, of all together. */
const WINDOW = 640;
const flow = { unanswered: 0 };

async function room(): Promise<void> {
  flow.unanswered += 1;
  while (flow.unanswered > WINDOW) await new Promise<void>((resolve) => void setImmediate(resolve));
}

/** A field that nobody knows, near the end. */
function tagOf(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const at = text.indexOf('"tag":');
  return at === -1 ? undefined : Number.parseInt(text.slice(at + 6, at + 18), 10);
}

let tag = 0;
for (const [index, user] of people.entries()) {
  const receiver = people[index ^ 1];
  if (receiver === undefined) continue;
  const { MemoryStore } = await import('dimp');
  const store = new MemoryStore();
  await dim.addUser(store, user);
  await dim.addContact(store, receiver);
  const messenger = dim.messenger({ self: user.id, store });
  const own: Uint8Array[] = [];
  for (let number = 0; number < EACH; number++) {
    const { message } = await messenger.packMessage(TextContent.create(`${'x'.repeat(500)}${number}`), receiver.id);
    const text = Buffer.from(message.encode()).toString();
    own.push(Buffer.from(`${text.slice(0, -1)},"tag":${tag++}}`));
  }
  messages.set(user.id.entityKey, own);
}
console.log(`${EACH * people.length} messages of ${messages.get(people[0]?.id.entityKey ?? '')?.[0]?.length} bytes`);
for (const kind of ['bare', 'hand', 'station', 'bare', 'hand', 'station'] as const) {
  const { rate, p99, cpu } = await run(kind);
  console.log(`${kind}: ${rate.toFixed(0)} a second, p99 ${p99.toFixed(1)} ms, processor ${cpu.toFixed(2)} s`);
}
process.exit();
