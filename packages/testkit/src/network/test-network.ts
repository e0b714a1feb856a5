/** A network in memory: a station, and connections that lead to it. */
import {
  ANYONE,
  DimError,
  EntityType,
  EVERYONE,
  FOUNDER,
  MemoryStore,
  type Dim,
  type ID,
  type ReliableMessage,
  type User,
} from 'dimp';
import { requireArgument } from 'dimp/extend';
import type { Clock, StationAddress } from 'dimsdk';
import { checkFaults, type NetworkFaults } from './chance/faults.ts';
import { Random } from './chance/random.ts';
import { NetworkLinks, type TestTransport } from './network-links.ts';
import { NetworkLog, type NetworkLogEntry } from './network-log.ts';
import type { KeptMessage } from './station/message-store.ts';
import type { NetworkQuirks } from './station/quirks.ts';
import { Station } from './station/station.ts';
import { TestClock } from './time/test-clock.ts';

/** How to make a test network. */
export interface TestNetworkOptions<C extends Clock = Clock> {
  /** Of the application: what it reads, and the shapes in which the station writes. */
  readonly dim: Dim;
  /** A whole number. Whatever is left to chance is the same for the same seed. */
  readonly seed: number;
  /** A new {@link TestClock}, if not given. */
  readonly clock?: C | undefined;
  /** What goes wrong. */
  readonly faults?: NetworkFaults | undefined;
  /** What the station does as deployed ones do, and as none should. */
  readonly quirks?: NetworkQuirks | undefined;
  /** Who the station is; a new one, if not given. Making its keys takes most of the time that a network takes. */
  readonly station?: User | undefined;
  /** Whom names stand for, beside those that every station has. */
  readonly names?: Readonly<Record<string, ID>> | undefined;
  /** Where it is to be found: `station.test:9394`, if not given. */
  readonly address?: Pick<StationAddress, 'host' | 'port'> | undefined;
  /** How many entries the log keeps; 10,000, if not given. */
  readonly logLimit?: number | undefined;
}

/** Who is connected. */
export interface SessionView {
  /** The number of the connection. */
  readonly connection: number;
  /** Who has logged in, at which terminal; undefined before the login. */
  readonly user: ID | undefined;
  /** Whether the client has said that it is there. */
  readonly isActive: boolean;
}

const ADDRESS = { host: 'station.test', port: 9394 };
const LOG_LIMIT = 10_000;

/**
 * Makes a network with one station, in memory. The station does what a base station of the network does: handshake, login,
 * routing to terminals, receipts, storing until the client's transport acknowledges, queries. It verifies signatures.
 *
 * As deployed ones do, it also does what clients stumble over: what was stored may come before the answer to the handshake;
 * what comes before the login, or from somebody unknown, waits in memory, and is gone with the connection; a message that comes
 * again goes no further, and nobody is told; a message to somebody whose visas are unknown waits for no terminal; it says that
 * it has delivered once it has sent, and stored what is for everybody.
 *
 * @throws DimError `USAGE_ARGUMENT`
 * @example
 * ```ts
 * import { silentLogger } from 'dimsdk';
 * import { createTestNetwork } from 'dimtestkit/network';
 * import type { Dim } from 'dimp';
 *
 * async function connect(dim: Dim) {
 *   const network = await createTestNetwork({ dim, seed: 1, faults: { cutRate: 0.01 } });
 *   const { clock, address, transport } = network;
 *   const { signal } = new AbortController();
 *   return transport.connect(address, { clock, logger: silentLogger, signal });
 * }
 * ```
 */
export async function createTestNetwork<C extends Clock = TestClock>(
  options: TestNetworkOptions<C>,
): Promise<TestNetwork<C>> {
  const { dim, seed } = requireArgument(options, 'options');
  requireArgument(dim, 'dim');
  if (!Number.isSafeInteger(seed)) throw new DimError('USAGE_ARGUMENT', 'must be a whole number', { path: 'seed' });
  checkFaults(options.faults ?? {});
  const identity =
    options.station ?? (await dim.createUser({ name: 'Test Station', seed: 'test-station', type: EntityType.STATION }));
  if (identity.id.type !== EntityType.STATION)
    throw new DimError('USAGE_ARGUMENT', 'must be a station', { path: 'station.id' });
  const store = new MemoryStore();
  await dim.addUser(store, identity);
  // Where none is given, the type says that it is one of ours.
  const clock = options.clock ?? (new TestClock() as Clock as C);
  return new TestNetwork({ ...options, clock }, identity, store);
}

/** A network in memory. Made by {@link createTestNetwork}. */
export class TestNetwork<C extends Clock = Clock> {
  readonly seed: number;
  readonly clock: C;
  /** The station's identity, with its private keys: so that tests can forge what it says. */
  readonly station: User;
  /** What the station knows of metas and documents. Add whom it is to know from the beginning: `dim.addContact(store, …)`. */
  readonly store: MemoryStore;
  /** Where the station is. Clients that are to know it add `id: network.station.id`. */
  readonly address: StationAddress;
  /** Leads to the station, and nowhere else. */
  readonly transport: TestTransport;
  readonly #station: Station;
  readonly #links: NetworkLinks;
  readonly #log: NetworkLog;
  #faults: NetworkFaults;

  constructor(options: TestNetworkOptions<C> & { readonly clock: C }, identity: User, store: MemoryStore) {
    const { dim, seed, clock, address = ADDRESS } = options;
    const random = new Random(seed);
    this.seed = seed;
    this.clock = clock;
    this.station = identity;
    this.store = store;
    this.address = Object.freeze({ ...address });
    this.#faults = options.faults ?? {};
    this.#log = new NetworkLog(dim, options.logLimit ?? LOG_LIMIT);
    const names = new Map([...BUILT_IN_NAMES, ...Object.entries(options.names ?? {})]);
    const quirks = options.quirks ?? {};
    this.#station = new Station(
      { dim, identity, store, clock, random: random.fork('station'), quirks, names },
      {
        refused: ({ number }, why) => this.#log.add({ at: clock.now(), event: 'refused', connection: number, why }),
        working: (work) => {
          if (clock instanceof TestClock) void clock.during(work);
        },
      },
    );
    this.#links = new NetworkLinks({
      address: this.address,
      clock,
      random,
      faults: () => this.#faults,
      station: this.#station,
      log: this.#log,
      seed,
    });
    this.transport = this.#links;
  }

  /** What goes wrong. Set it to change that. @throws DimError `USAGE_ARGUMENT` */
  get faults(): NetworkFaults {
    return this.#faults;
  }

  set faults(faults: NetworkFaults) {
    checkFaults(faults);
    this.#faults = faults;
  }

  /** What went over the connections, the oldest first. */
  get log(): readonly NetworkLogEntry[] {
    return this.#log.entries();
  }

  /** Who is connected, as the station knows it. */
  get sessions(): readonly SessionView[] {
    return this.#station.sessions.map(({ line, id, isActive }) => ({ connection: line.number, user: id, isActive }));
  }

  /** What the station keeps, for all, or for one user: at a terminal where the ID has one. */
  kept(receiver?: ID): readonly KeptMessage[] {
    if (receiver === undefined) return this.#station.kept;
    return this.#station.kept.filter(
      ({ receiver: id }) =>
        id.equals(receiver) && (receiver.terminal === undefined || receiver.terminal === id.terminal),
    );
  }

  /**
   * Loses connections: all, those of a user, or the one of a number.
   * @returns how many
   */
  async cut(whose?: ID | number): Promise<number> {
    return this.#links.failAll(await this.#numbersOf(whose));
  }

  /**
   * Lets nothing through any more on connections: all, those of a user, or the one of a number. Their clients are told
   * nothing. After 128 seconds they end.
   */
  async silence(whose?: ID | number): Promise<number> {
    return this.#links.silenceAll(await this.#numbersOf(whose));
  }

  async #numbersOf(whose?: ID | number): Promise<readonly number[] | undefined> {
    await this.#station.settled();
    if (whose === undefined) return undefined;
    if (typeof whose === 'number') return [whose];
    return this.#station.sessionsOf(whose).map(({ line }) => line.number);
  }

  /** Loses all connections, and lets nobody connect, until {@link TestNetwork.online}. */
  offline(): void {
    this.#links.isOnline = false;
    this.#links.failAll(undefined);
  }

  /** Lets clients connect again. */
  online(): void {
    this.#links.isOnline = true;
  }

  /** The station starts anew: all connections end, what it stores stays. */
  async restart(): Promise<void> {
    this.#links.restart();
    await this.#station.settled();
  }

  /**
   * Sends something to all who are there of a user, as the station would: forged, damaged, anything.
   * @returns how many connections it went over
   */
  async inject(bytes: Uint8Array | ReliableMessage, receiver: ID): Promise<number> {
    await this.#station.settled();
    const payload = bytes instanceof Uint8Array ? bytes : bytes.encode();
    const sessions = this.#station.sessionsOf(receiver);
    for (const { line } of sessions) line.push({ bytes: payload, sender: 'injected', wasStored: false });
    return sessions.length;
  }

  /** Keeps a message for somebody who is to come, as if it had come before: for a long backlog, or a forged one. */
  keep(message: ReliableMessage, receiver: ID): void {
    this.#station.keep(message, receiver);
  }

  /** All is done that the station has. @throws what went wrong in the station itself */
  async settled(): Promise<void> {
    await this.#station.settled();
  }
}

const BUILT_IN_NAMES: readonly (readonly [string, ID])[] = [
  ['all', EVERYONE],
  ['everyone', EVERYONE],
  ['anyone', ANYONE],
  ['owner', ANYONE],
  ['founder', FOUNDER],
];
