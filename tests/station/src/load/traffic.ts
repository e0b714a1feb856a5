/**
 * The work that stations are measured by: twenty people in ten pairs, each of whom sends to the other as fast as acknowledgements
 * come. What was delivered is counted message by message.
 */
import { MemoryStore, TextContent, type User } from 'dimp';
import { silentLogger, systemClock, type Connection, type IncomingPayload } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { RawClient } from '../raw-client.ts';
import { dim } from '../world.ts';

/** How many take part: an even number. */
export const PEOPLE = 20;
/** The names of those whose keys are ready. */
export const LOADED: readonly string[] = Array.from({ length: PEOPLE }, (_, index) => `P${index}`);
/** As many messages are on their way without an acknowledgement, of all together, if nothing else is said. */
export const WINDOW = 640;
/** What has not come when nothing has come for so long is lost. */
const LOST_MS = 20_000;
/** A second copy comes close behind the first one, if at all. */
const QUIET_MS = 1000;
/** How often that is looked at. */
const LOOK_MS = 100;

/** People, and what each of them sends. */
export interface Load {
  readonly people: readonly User[];
  /** By sender, ready to be sent. */
  readonly messages: ReadonlyMap<User, readonly Uint8Array[]>;
  readonly count: number;
}

/** What came of it. */
export interface Passed {
  /** Messages in a second, until the last one was there. */
  readonly rate: number;
  /** Milliseconds from sending to arrival that half of them did not take longer than. */
  readonly p50: number;
  /** The same for 99 of 100. */
  readonly p99: number;
  readonly delivered: number;
  readonly lost: number;
  /** Second copies. */
  readonly doubled: number;
  /** Seconds of a processor that the station has taken; undefined where that cannot be told. */
  readonly cpu: number | undefined;
}

/** Where a load goes through. */
export interface Way {
  readonly port: number;
  /** Lets somebody come in. */
  readonly begin: (member: RawClient) => Promise<unknown>;
  /** Seconds of a processor so far. */
  readonly cpu: () => Promise<number | undefined>;
  readonly window?: number;
  /** Of silence, until the rest is taken for lost; twenty seconds, if not given. */
  readonly lostMs?: number;
}

/** Encrypts and signs all messages. */
export async function prepareLoad(people: readonly User[], each: number): Promise<Load> {
  const messages = new Map<User, readonly Uint8Array[]>();
  let tag = 0;
  for (const [index, user] of people.entries()) {
    const receiver = people[index ^ 1];
    if (receiver === undefined) throw new Error('people come in pairs');
    const store = new MemoryStore();
    await dim.addUser(store, user);
    await dim.addContact(store, receiver);
    const messenger = dim.messenger({ self: user.id, store });
    const own: Uint8Array[] = [];
    for (let number = 0; number < each; number++) {
      const { message } = await messenger.packMessage(TextContent.create(`${'x'.repeat(500)}${number}`), receiver.id);
      const text = Buffer.from(message.encode()).toString();
      own.push(Buffer.from(`${text.slice(0, -1)},"tag":${tag++}}`));
    }
    messages.set(user, own);
  }
  return { people, messages, count: tag };
}

/** Sends everything, and waits until it has come. */
export async function passOn(
  load: Load,
  { port, begin, cpu, window = WINDOW, lostMs = LOST_MS }: Way,
): Promise<Passed> {
  const members: RawClient[] = [];
  for (const user of load.people) {
    const member = await RawClient.open(dim, user, await connect(port));
    await begin(member);
    members.push(member);
  }
  const cpuBefore = await cpu();
  const tally = new Tally({ count: load.count, window, lostMs });
  for (const member of members) {
    void hear(member, tally);
    void send(member, load.messages.get(member.user) ?? [], tally);
  }
  await tally.settled();
  const cpuAfter = await cpu();
  for (const { connection } of members) void connection.close();
  return {
    ...tally.result(),
    cpu: cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore,
  };
}

/** A line for people. */
export function showPassed({ rate, p99, delivered, lost, doubled, cpu }: Passed): string {
  const processor = cpu === undefined ? '' : `, processor ${cpu.toFixed(2)} s`;
  const counts = `${delivered} delivered, ${lost} lost, ${doubled} doubled`;
  return `${rate.toFixed(0)} a second, p99 ${p99.toFixed(1)} ms${processor}; ${counts}`;
}

async function connect(port: number): Promise<Connection> {
  const { signal } = new AbortController();
  return tcpTransport().connect({ host: '127.0.0.1', port }, { clock: systemClock, logger: silentLogger, signal });
}

async function hear({ incoming }: RawClient, tally: Tally): Promise<void> {
  for (let next = await incoming.next(); next.done !== true; next = await incoming.next()) take(next.value, tally);
}

function take(payload: IncomingPayload, tally: Tally): void {
  payload.acknowledge();
  const tag = tagOf(payload.bytes);
  // Receipts are beside it.
  if (tag !== undefined) tally.came(tag);
}

async function send({ connection }: RawClient, messages: readonly Uint8Array[], tally: Tally): Promise<void> {
  for (const bytes of messages) {
    await tally.room();
    tally.sent(tagOf(bytes) ?? -1);
    // Where the connection ends, what it took along is counted as lost.
    connection.send(bytes).then(
      () => tally.acknowledged(),
      () => tally.acknowledged(),
    );
  }
}

/** A field that nobody knows, which stations pass on. */
function tagOf(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const at = text.indexOf('"tag":');
  return at === -1 ? undefined : Number.parseInt(text.slice(at + 6, at + 18), 10);
}

/** Counts what is sent and what comes. */
class Tally {
  readonly #count: number;
  readonly #window: number;
  readonly #lostMs: number;
  readonly #sentAt = new Map<number, number>();
  readonly #waits = new Map<number, number>();
  readonly #startedAt = performance.now();
  #lastAt = this.#startedAt;
  #unanswered = 0;
  #doubled = 0;

  constructor({ count, window, lostMs }: { readonly count: number } & Required<Pick<Way, 'window' | 'lostMs'>>) {
    this.#count = count;
    this.#window = window;
    this.#lostMs = lostMs;
  }

  sent(tag: number): void {
    this.#sentAt.set(tag, performance.now());
  }

  acknowledged(): void {
    this.#unanswered -= 1;
  }

  came(tag: number): void {
    const at = this.#sentAt.get(tag);
    if (at === undefined) return;
    if (this.#waits.has(tag)) {
      this.#doubled += 1;
      return;
    }
    this.#lastAt = performance.now();
    this.#waits.set(tag, this.#lastAt - at);
  }

  async room(): Promise<void> {
    while (this.#unanswered >= this.#window) await new Promise<void>((resolve) => void setImmediate(resolve));
    this.#unanswered += 1;
  }

  /** Ends when everything is there and no copy has followed, or when nothing has come for long. */
  async settled(): Promise<void> {
    const isOver = (): boolean => {
      const quiet = performance.now() - this.#lastAt;
      return quiet > (this.#waits.size === this.#count ? QUIET_MS : this.#lostMs);
    };
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (!isOver()) return;
        clearInterval(timer);
        resolve();
      }, LOOK_MS);
    });
  }

  result(): Omit<Passed, 'cpu'> {
    const waits = [...this.#waits.values()].sort((one, other) => one - other);
    const delivered = waits.length;
    return {
      delivered,
      lost: this.#count - delivered,
      doubled: this.#doubled,
      rate: delivered / ((this.#lastAt - this.#startedAt) / 1000),
      p50: waits[Math.floor(delivered * 0.5)] ?? 0,
      p99: waits[Math.floor(delivered * 0.99)] ?? 0,
    };
  }
}
