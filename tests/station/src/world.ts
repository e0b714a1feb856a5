/** People, their devices, and a station that may be started again over what it has kept. */
import { createDim, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  clientPlugin,
  createClient,
  MemoryClientStore,
  type Client,
  type ClientOptions,
  type StoredMessage,
} from 'dimsdk';
import { createStation, memoryEngine, type Engine, type Station, type StationOptions } from 'dimstation';
import { knownPerson, STATION } from 'network/people';
import { MemoryNetwork } from './memory-transport.ts';

export const dim = createDim({ plugins: [standardPlugin(), clientPlugin], wireShape: 'deployed' });

/** The contents that clients here know. */
export type TestContent = ReturnType<typeof dim.Content.parse>;
export type TestClient = Client<TestContent>;

/** Somebody by name. */
export function person(name: string): User {
  const known = knownPerson(name);
  if (known === undefined) throw new Error(`nobody knows ${name}`);
  return known;
}

/** A station, and the way to it. */
export class World {
  readonly engine: Engine;
  readonly network = new MemoryNetwork();
  readonly identity = person(STATION);
  readonly #options: Partial<StationOptions>;
  #station: Station | undefined;

  constructor(options: Partial<StationOptions> = {}) {
    this.engine = options.engine ?? memoryEngine();
    this.#options = options;
  }

  get station(): Station {
    if (this.#station === undefined) throw new Error('it is not started');
    return this.#station;
  }

  async start(): Promise<this> {
    const { engine, identity } = this;
    this.#station = await createStation({ dim, identity, engine, ...this.#options });
    this.network.serve(this.#station.accept);
    return this;
  }

  async stop(): Promise<void> {
    this.network.serve(undefined);
    await this.station.close();
    this.network.cut();
  }

  /** Somebody with two devices, each with the keys of its own. */
  async withDevices<T extends string>(name: string, terminals: readonly T[]): Promise<Record<T, User>> {
    const user = person(name);
    const devices: [T, User][] = [];
    for (const terminal of terminals) devices.push([terminal, await dim.createDevice({ user, terminal })]);
    return Object.fromEntries(devices) as Record<T, User>;
  }

  /** A device of somebody. */
  async device(
    name: string,
    options: Partial<ClientOptions<TestContent>> & { readonly user?: User } = {},
  ): Promise<TestClient> {
    const { user = person(name), store = new MemoryClientStore(), ...rest } = options;
    await dim.addUser(store, user);
    const stations = [{ host: '127.0.0.1', port: 9394, id: this.identity.id }];
    const client = createClient({
      dim,
      self: user.id,
      store,
      transport: this.network,
      stations,
      pauses: { first: 0.05, longest: 0.2 },
      ...rest,
    });
    await client.start();
    return client;
  }
}

/** Waits until a client is in. */
export async function online(client: TestClient): Promise<void> {
  for (;;) {
    if (client.connection.is === 'online') return;
    await new Promise<void>((resolve) => {
      const stop = client.on('connection', () => {
        stop();
        resolve();
      });
    });
  }
}

/** Waits until something is so. What makes it so goes on by itself. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise<void>((resolve) => void setImmediate(resolve));
}

/** Waits until a client has read so many texts more. */
export async function heard(client: TestClient, count: number): Promise<void> {
  let left = count;
  await new Promise<void>((resolve) => {
    const stop = client.on('received', 'text', () => {
      left -= 1;
      if (left > 0) return;
      stop();
      resolve();
    });
  });
}

/** The texts of a conversation, the oldest first. */
export async function texts(client: TestClient, other: User): Promise<readonly string[]> {
  const found: string[] = [];
  let before: StoredMessage<TestContent> | undefined;
  for (;;) {
    const page = await client.conversations.messages(other.id, {
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    for (const { content } of page) found.unshift(content.kind === 'text' ? content.text : content.kind);
    before = page[page.length - 1];
    if (page.length < PAGE) return found;
  }
}

const PAGE = 500;
