/**
 * How long a station takes to be there again over a file with many messages, after it was killed:
 * `node dist/load/restart.js [messages] [file of SQLite]`. They wait for thousands of users, of whom one comes at once.
 */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { MemoryStore, TextContent } from 'dimp';
import { silentLogger, systemClock, type Connection } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { openSqliteEngine } from 'dimstation';
import { RawClient } from '../raw-client.ts';
import { StationProcess } from '../station-process.ts';
import { dim, person } from '../world.ts';

const [, , count = '1000000', path = join(tmpdir(), 'dim-restart.db')] = argv;
const MESSAGES = Number(count);
/** For each user. */
const EACH = 200;
const TOGETHER = 2000;
const LIMITS = { messages: 1_000_000, bytes: 2 ** 40 };
const transport = tcpTransport();

async function connect(port: number): Promise<Connection> {
  const { signal } = new AbortController();
  return transport.connect({ host: '127.0.0.1', port }, { clock: systemClock, logger: silentLogger, signal });
}

/** What waits for Bob and for as many others. @returns bytes of a message */
async function fill(): Promise<number> {
  const [alice, bob] = [person('Alice'), person('Bob')];
  const store = new MemoryStore();
  await dim.addUser(store, alice);
  await dim.addContact(store, bob);
  const messenger = dim.messenger({ self: alice.id, store });
  const template = await messenger.pack(TextContent.create('x'.repeat(200)), bob.id);
  const engine = await openSqliteEngine({ path });
  const keptAt = systemClock.now();
  for (let start = 0; start < MESSAGES; start += TOGETHER) {
    const postings = Array.from({ length: Math.min(TOGETHER, MESSAGES - start) }, (_, offset) => {
      const number = start + offset;
      const user = number % EACH === 0 ? bob.id.entityKey : `user ${Math.floor(number / EACH)}`;
      return {
        sender: alice.id.entityKey,
        boxes: [{ user, terminal: '' }],
        bytes: template,
        mark: String(number),
        keptAt,
      };
    });
    await engine.mailbox.append(postings, LIMITS);
  }
  await engine.close();
  return template.length;
}

const ALL = ['', '-wal', '-shm'].map((end) => path + end);
for (const file of ALL) await rm(file, { force: true });
const filling = performance.now();
const bytes = await fill();
console.log(
  `${MESSAGES} messages of ${bytes} bytes were kept in ${((performance.now() - filling) / 1000).toFixed(0)} s`,
);
for (const before of ['a shutdown', 'a kill']) {
  const started = performance.now();
  const station = await new StationProcess('station', path).start();
  const listens = performance.now() - started;
  const bob = await (await RawClient.open(dim, person('Bob'), await connect(station.port))).logIn();
  bob.acknowledges = false;
  await bob.incoming.next();
  const delivers = performance.now() - started;
  const { rss } = await station.usage();
  const memory = (rss / 1024 / 1024).toFixed(0);
  console.log(
    `after ${before} it listens in ${listens.toFixed(0)} ms, delivers in ${delivers.toFixed(0)} ms, ${memory} MiB`,
  );
  await station.kill();
}
for (const file of ALL) await rm(file, { force: true });
process.exit();
