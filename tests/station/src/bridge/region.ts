/** Some stations, the connections between them, and people who go from one to the other. */
import { setImmediate } from 'node:timers/promises';
import { EntityType, type User } from 'dimp';
import { decodeUtf8 } from 'dimp/extend';
import { createClient, MemoryClientStore, type ClientStore } from 'dimsdk';
import { createStation, memoryEngine, type Engine, type Station, type StationOptions } from 'dimstation';
import { TestClock } from 'dimtestkit/network';
import { dim, person, texts, type TestClient } from '../world.ts';
import { Net } from './net.ts';

/** A station by name, and to which others it connects. */
export type Plan = Readonly<Record<string, readonly string[]>>;

/** One station, over what it has kept. */
interface Place {
  readonly identity: User;
  readonly engine: Engine;
  readonly port: number;
  readonly neighbors: string[];
  running: Station | undefined;
}

/** The keys of stations, made once. */
const identities = new Map<string, Promise<User>>();

export async function stationIdentity(name: string): Promise<User> {
  const made = identities.get(name) ?? dim.createUser({ name, seed: name.toLowerCase(), type: EntityType.STATION });
  identities.set(name, made);
  return made;
}

/** Time goes by in such steps, in seconds. */
const STEP = 5;
/** So often nothing must have happened. */
const QUIET_TURNS = 1000;

/** Pauses as short as the clock's time is cheap. */
const PAUSES = { first: 1, longest: 4, random: () => 0.5 };

/** What a test looks at. */
interface SentEnvelope {
  readonly sender: string;
  readonly receiver: string;
  readonly signature: string;
}

/** How a region is made. */
export interface RegionOptions extends Partial<StationOptions> {
  readonly isRefused?: Net['isRefused'];
}

/** See the top of the file. */
export class Region {
  readonly clock = new TestClock();
  readonly net = new Net();
  readonly #places = new Map<string, Place>();
  readonly #options: Partial<StationOptions>;

  private constructor({ isRefused = () => false, ...options }: RegionOptions) {
    this.#options = options;
    this.net.isRefused = isRefused;
  }

  /** Starts all of them. */
  static async of(plan: Plan, options: RegionOptions = {}): Promise<Region> {
    const region = new Region(options);
    for (const [index, [name, neighbors]] of Object.entries(plan).entries()) {
      const identity = await stationIdentity(name);
      region.#places.set(name, {
        identity,
        engine: memoryEngine(),
        port: 9000 + index,
        neighbors: [...neighbors],
        running: undefined,
      });
    }
    for (const name of region.#places.keys()) await region.start(name);
    await region.pass(20);
    return region;
  }

  /** Lets time go by, and all happen that happens in it. */
  async pass(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= STEP) {
      await this.#quiet();
      await this.clock.advance(Math.min(left, STEP));
    }
    await this.#quiet();
  }

  /**
   * Ends when nothing goes on. On a busy machine, a client that reads many messages lets others run after each step of it, more
   * often than the clock waits for.
   */
  async #quiet(): Promise<void> {
    for (let turns = 0, seen = -1; turns < QUIET_TURNS; turns += 1) {
      await setImmediate();
      if (seen !== this.net.sent.length) turns = 0;
      seen = this.net.sent.length;
    }
    await this.clock.settled();
  }

  /** Waits for something that needs no time of the clock, and for all that comes of it. */
  async during<T>(work: Promise<T>): Promise<T> {
    const done = await this.clock.until(work, { within: 1 });
    await this.#quiet();
    return done;
  }

  place(name: string): Place {
    const place = this.#places.get(name);
    if (place === undefined) throw new Error(`there is no station ${name}`);
    return place;
  }

  station(name: string): Station {
    const { running } = this.place(name);
    if (running === undefined) throw new Error(`${name} is not started`);
    return running;
  }

  async start(name: string): Promise<void> {
    const place = this.place(name);
    const { identity, engine, port } = place;
    const neighbors = place.neighbors.map((other) => {
      const { identity: known, port: at } = this.place(other);
      return { host: '127.0.0.1', port: at, id: known.id };
    });
    const bridge = { transport: this.net.from(name), neighbors, pauses: PAUSES };
    place.running = await createStation({ dim, identity, engine, clock: this.clock, bridge, ...this.#options });
    this.net.listen(port, name, place.running.accept);
  }

  async stop(name: string): Promise<void> {
    const place = this.place(name);
    this.net.listen(place.port, name, undefined);
    await this.clock.until(this.station(name).close());
    this.net.cut(name);
    place.running = undefined;
  }

  async close(): Promise<void> {
    for (const name of this.#places.keys()) if (this.place(name).running !== undefined) await this.stop(name);
  }

  /** Somebody at a station. */
  async client(
    name: string,
    at: string,
    store: ClientStore = new MemoryClientStore(),
    { user = person(name), terminal }: { readonly user?: User; readonly terminal?: string } = {},
  ): Promise<TestClient> {
    const self = terminal === undefined ? user.id : user.id.at(terminal);
    await dim.addUser(store, user);
    const { port, identity } = this.place(at);
    const stations = [{ host: '127.0.0.1', port, id: identity.id }];
    const transport = this.net.from(name);
    const client = createClient({ dim, self, store, transport, stations, clock: this.clock, pauses: PAUSES });
    await client.start();
    await this.pass(5);
    return client;
  }

  async leave(...clients: readonly TestClient[]): Promise<void> {
    await this.#quiet();
    for (const client of clients) await this.clock.until(client.close());
  }

  /** The envelopes of what one has sent to the other. */
  messages(from: string, to: string): readonly SentEnvelope[] {
    const between = this.net.sent.filter((sent) => sent.from === from && sent.to === to);
    return between.map(({ bytes }) => JSON.parse(decodeUtf8(bytes)) as SentEnvelope);
  }

  /** What somebody has read of somebody. */
  async read(client: TestClient, of: string): Promise<readonly string[]> {
    return texts(client, person(of));
  }

  /** Messages that wait at a station. */
  async waiting(name: string): Promise<number> {
    return (await this.place(name).engine.mailbox.total()).messages;
  }
}
