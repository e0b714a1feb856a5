/**
 * What sessions take that are held open: `node dist/load/sessions.js [sessions]`. They are of twenty people, over TCP, and have
 * logged in. At the end each of some gets a message, and how long that takes is compared with the same among few sessions.
 */
import { argv } from 'node:process';
import { TextContent } from 'dimp';
import { silentLogger, systemClock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { RawClient } from '../raw-client.ts';
import { StationProcess } from '../station-process.ts';
import { dim, person } from '../world.ts';

const [, , count = '1000'] = argv;
const SESSIONS = Number(count);
const SIDE_BY_SIDE = 32;
const people = Array.from({ length: 20 }, (_, index) => person(`P${index}`));
const transport = tcpTransport();
const station = await new StationProcess('station').start();

async function come(index: number): Promise<RawClient> {
  const user = people[index % people.length];
  if (user === undefined) throw new Error('nobody');
  const { signal } = new AbortController();
  const address = { host: '127.0.0.1', port: station.port };
  const connection = await transport.connect(address, { clock: systemClock, logger: silentLogger, signal });
  return (await RawClient.open(dim, user, connection)).logIn();
}

/** Milliseconds from sending a message to its arrival, the middle of some. */
async function roundTrip(): Promise<number> {
  const [alice, bob] = [person('Alice'), person('Bob')];
  const { signal } = new AbortController();
  const address = { host: '127.0.0.1', port: station.port };
  const how = { clock: systemClock, logger: silentLogger, signal };
  const sender = await (await RawClient.open(dim, alice, await transport.connect(address, how))).logIn();
  const receiver = await (await RawClient.open(dim, bob, await transport.connect(address, how))).logIn();
  await dim.addContact(sender.store, bob);
  await dim.addContact(receiver.store, alice);
  const times: number[] = [];
  for (let round = 0; round < 50; round++) {
    const bytes = await sender.pack(TextContent.create(`${round}`), bob.id);
    const started = performance.now();
    void sender.connection.send(bytes);
    await receiver.hear('text');
    times.push(performance.now() - started);
  }
  await sender.connection.close();
  await receiver.connection.close();
  return times.sort((one, other) => one - other)[times.length >> 1] ?? 0;
}

await Promise.all(Array.from({ length: 20 }, async (_, index) => come(index)));
const alone = await roundTrip();
const before = await station.usage();
const started = performance.now();
const clients: RawClient[] = [];
let next = 20;
await Promise.all(
  Array.from({ length: SIDE_BY_SIDE }, async () => {
    while (next < SESSIONS) clients.push(await come(next++));
  }),
);
const seconds = (performance.now() - started) / 1000;
const after = await station.usage();
const among = await roundTrip();
const each = (key: 'rss' | 'heapUsed'): string => ((after[key] - before[key]) / 1024 / clients.length).toFixed(1);
console.log(`${clients.length} sessions more, ${(clients.length / seconds).toFixed(0)} logins a second`);
console.log(`each takes ${each('rss')} KiB of memory, ${each('heapUsed')} KiB of heap`);
console.log(`a message takes ${among.toFixed(2)} ms among them, ${alone.toFixed(2)} ms among 20`);
await station.kill();
process.exit();
