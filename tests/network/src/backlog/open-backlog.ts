/**
 * Opens a backlog in a process of its own, started with `--expose-gc`: what is held after some of it, and after all of it.
 *
 * `node --expose-gc open-backlog.js SENDERS FIRST ALL FILE` prints {@link OpenedBacklog} as JSON. The messages are encrypted for a
 * key that decrypts quickly: what is held is the same.
 */
import { createDim, MemoryStore, TextContent, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import {
  clientPlugin,
  createClient,
  systemClock,
  type ClientStore,
  type Clock,
  type Connection,
  type IncomingPayload,
} from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';

/** What a process found. Bytes are those of the heap, and of what hangs on it. */
export interface OpenedBacklog {
  readonly heldAfterFirst: number;
  readonly heldAfterAll: number;
  /** How many payloads were acknowledged before what was in them was committed. */
  readonly acknowledgedEarly: number;
  /** How many messages listeners were told of, in how many commits all of it was kept, and what the store has then. */
  readonly told: number;
  readonly commits: number;
  readonly kept: number;
  readonly arrivalsLeft: number;
  /** For how long nothing else ran, at most, in milliseconds. */
  readonly longestStall: number;
}

const dim = createDim({ plugins: [standardPlugin(), modernPlugin(), clientPlugin], wireShape: 'deployed' });

/** Waits for nothing that takes time: this station never finishes the handshake. */
const patientClock: Clock = {
  now: () => systemClock.now(),
  wait: async (_seconds, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
};

/** How many payloads are made at a time. */
const PAGE = 500;

async function main(senderCount: number, first: number, all: number, path: string): Promise<OpenedBacklog> {
  const visaAlgorithms = ['X25519'];
  const receiver = await dim.createUser({ name: 'Receiver', visaAlgorithms });
  const senders = await Promise.all(
    Array.from({ length: senderCount }, async (_, index) =>
      dim.createUser({ name: `Sender ${index}`, visaAlgorithms }),
    ),
  );
  const pack = await packerOf(senders, receiver);
  const disk = await openSqliteStore({ dim, path, vault: 'unprotected' });
  await dim.addUser(disk, receiver);
  for (const sender of senders) await dim.addContact(disk, sender);

  let marks = 0;
  let commits = 0;
  const store = watched(disk, (count) => {
    marks += count;
    if (count > 0) commits++;
  });
  let told = 0;
  let acknowledged = 0;
  let acknowledgedEarly = 0;
  let wake: () => void = () => undefined;
  const held: number[] = [];
  const acknowledge = (): void => {
    acknowledged++;
    if (marks < acknowledged) acknowledgedEarly++;
    wake();
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const stall = watchStalls();
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  async function* incoming(): AsyncGenerator<IncomingPayload> {
    for (let start = 0; start < all; start += PAGE) {
      // What waits here is not held by the client.
      stall.pause();
      const page = await pack(start, Math.min(PAGE, all - start));
      stall.goOn();
      for (const bytes of page) yield { bytes, acknowledge };
      const end = start + page.length;
      await until(() => acknowledged === end && told === end);
      stall.pause();
      if (end === first || end === all) held.push(heldNow());
    }
    close();
  }
  const connection: Connection = {
    name: 'backlog',
    send: async () => undefined,
    incoming: incoming(),
    close: async () => close(),
    ended: closed.then(() => ({ reason: 'closed' })),
  };
  const stations = [{ host: 'backlog.example', port: 1 }];
  const transport = { connect: async () => connection };
  const client = createClient({ dim, store, self: receiver.id, transport, stations, clock: patientClock });
  client.on('received', () => {
    told++;
    wake();
  });
  for (const name of ['refused', 'error', 'handler-failed'] as const)
    client.on(name, ({ error }) => {
      console.error(error);
      process.exitCode = 1;
    });
  await client.start();
  await closed;
  await client.close();
  const [heldAfterFirst = Number.NaN, heldAfterAll = Number.NaN] = held;
  const counts = await Promise.all(senders.map(async ({ id }) => disk.count('message', id.entityKey)));
  const kept = counts.reduce((sum, count) => sum + count, 0);
  const arrivalsLeft = await disk.count('arrival', '');
  await disk.close();
  return {
    heldAfterFirst,
    heldAfterAll,
    acknowledgedEarly,
    told,
    commits,
    kept,
    arrivalsLeft,
    longestStall: stall.longest(),
  };
}

/** Makes messages, of one sender after the other. */
async function packerOf(
  senders: readonly User[],
  receiver: User,
): Promise<(start: number, count: number) => Promise<readonly Uint8Array[]>> {
  const messengers = await Promise.all(
    senders.map(async (sender) => {
      const store = new MemoryStore();
      await dim.addUser(store, sender);
      await dim.addContact(store, receiver);
      return dim.messenger({ self: sender.id, store });
    }),
  );
  return async (start, count) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const messenger = messengers[(start + index) % messengers.length];
        if (messenger === undefined) throw new Error('there are senders');
        return messenger.pack(TextContent.create(`Message ${start + index}`), receiver.id);
      }),
    );
}

/** The store, telling after each commit how many messages were marked as read. */
function watched(store: ClientStore, committed: (marks: number) => void): ClientStore {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'commit') return value.bind(target) as unknown;
      return async (...[changes, rows]: Parameters<ClientStore['commit']>) => {
        await target.commit(changes, rows);
        committed(changes.filter((change) => change.do === 'mark-read').length);
      };
    },
  });
}

function watchStalls(): { pause(): void; goOn(): void; longest(): number } {
  let longest = 0;
  let last: number | undefined;
  const beat = (): void => {
    const now = performance.now();
    if (last !== undefined) longest = Math.max(longest, now - last);
    if (last !== undefined) last = now;
    setImmediate(beat).unref();
  };
  beat();
  return {
    pause: () => (last = undefined),
    goOn: () => (last = performance.now()),
    longest: () => longest,
  };
}

function heldNow(): number {
  if (globalThis.gc === undefined) throw new Error('start with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const [senders = '1', first = '2000', all = '10000', path = ''] = process.argv.slice(2);
console.log(JSON.stringify(await main(Number(senders), Number(first), Number(all), path)));
