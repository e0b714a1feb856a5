/** People with engines of their own, and a network in memory between them. */
import type { Content, ID } from 'dimp';
import { createClient, localUsers, type Transport } from 'dimsdk';
import { createTestNetwork, type TestClock, type TestNetwork } from 'dimtestkit/network';
import { dim } from '../../src/engine/dim.ts';
import { deviceOf } from '../../src/engine/identity.ts';
import { createEngine, type RunningEngine } from '../../src/engine/engine.ts';
import type { Calls, Engine, EngineEvent } from '../../src/protocol/calls.ts';
import type { MessageView, MeView } from '../../src/protocol/views.ts';
import { TestDisk } from './test-store.ts';

export const SEALING = { cost: 2 ** 10, lowestCost: 2 } as const;
const PAGE = 'https://chat.test/app/';

type Config = Readonly<Record<string, string>> | 'unreachable' | 'silent';

export class World {
  readonly network: TestNetwork<TestClock>;
  readonly clock: TestClock;
  readonly #people: Person[] = [];

  constructor(network: TestNetwork<TestClock>) {
    this.network = network;
    this.clock = network.clock;
    this.clock.start();
  }

  /** A browser in which nobody lives yet. */
  async browser(config: Config = this.config): Promise<Person> {
    const person = new Person(this, config);
    this.#people.push(person);
    await person.start();
    return person;
  }

  /** A browser with somebody new. */
  async person(name: string, passphrase?: string, config = this.config): Promise<Person> {
    const person = await this.browser(config);
    await person.ask('create', { name, words: await person.ask('makeWords'), passphrase });
    return person;
  }

  get config(): Readonly<Record<string, string>> {
    const { host, port } = this.network.address;
    return { station: `ws://${host}:${port}`, id: this.network.station.id.toString() };
  }

  /** Bytes of the longest message that somebody has sent. */
  longest = 0;
  readonly transport: Transport = {
    connect: async (address, options) => {
      const connection = await this.network.transport.connect(address, options);
      return {
        name: connection.name,
        incoming: connection.incoming,
        ended: connection.ended,
        close: async () => connection.close(),
        send: async (bytes) => {
          this.longest = Math.max(this.longest, bytes.length);
          return connection.send(bytes);
        },
      };
    },
  };

  /** How often something was uploaded. */
  uploads = 0;
  #files: { readonly origin: string; readonly isSilent: boolean } | undefined;
  readonly #uploaded: Blob[] = [];

  /** A file service at an origin. */
  filesAt(origin: string, how?: 'never answers'): void {
    this.#files = { origin, isSilent: how !== undefined };
  }

  /** What is asked of the web. */
  async fetch(url: URL, init: RequestInit | undefined): Promise<Response> {
    const { origin, isSilent } = this.#files ?? { origin: '', isSilent: false };
    if (url.origin !== origin) return new Response('', { status: 404 });
    if (isSilent)
      return new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    if (init?.method === 'POST') {
      const file = (await new Request(url, init).formData()).get('file');
      this.uploads++;
      const number = this.#uploaded.push(file as Blob) - 1;
      return Response.json({ code: 200, url: `${origin}/download/${number}` });
    }
    return new Response(this.#uploaded[Number(url.pathname.split('/').at(-1))]);
  }

  async end(): Promise<void> {
    for (const person of this.#people) await person.close();
    this.clock.stop();
  }
}

let station: Awaited<ReturnType<typeof dim.createUser>> | undefined;

export async function createWorld(seed = 1): Promise<World> {
  const network = await createTestNetwork({ dim, seed, ...(station !== undefined && { station }) });
  station = network.station;
  return new World(network);
}

/** Somebody with a browser. */
export class Person {
  readonly disk = new TestDisk();
  readonly events: EngineEvent[] = [];
  /** What was given to those who wait for the lock. */
  secret: string | undefined;
  readonly #world: World;
  /** What the server says. */
  config: Config;
  #engine: RunningEngine | undefined;
  #heard: (() => void)[] = [];

  constructor(world: World, config: Config) {
    this.#world = world;
    this.config = config;
  }

  /** An engine over what is on the disk, as in another tab. */
  async start(passphrase?: string): Promise<void> {
    this.#engine = createEngine(
      {
        openStore: async (vault) => this.disk.open(vault),
        deleteStore: async () => this.disk.delete(),
        transport: this.#world.transport,
        clock: this.#world.clock,
        fetch: async (input, init) => {
          const url = new URL(input);
          if (url.href !== `${PAGE}config.json`) return this.#world.fetch(url, init);
          if (this.config === 'unreachable') throw new TypeError('there is no network');
          if (this.config === 'silent') return new Promise<never>(() => undefined);
          return Response.json(this.config);
        },
        page: PAGE,
        sealing: SEALING,
      },
      {
        tell: (event) => this.#tell(event),
        secret: (given) => {
          this.secret = given;
        },
      },
    );
    await this.#engine.start(passphrase);
  }

  async close(): Promise<void> {
    await this.#engine?.close();
  }

  get calls(): Engine {
    if (this.#engine === undefined) throw new Error('is not started');
    return this.#engine.calls;
  }

  async ask<K extends keyof Calls>(
    name: K,
    ...[parameter]: Calls[K][0] extends void ? [] : [Calls[K][0]]
  ): Promise<Calls[K][1]> {
    const call = this.calls[name] as (parameter: Calls[K][0] | undefined) => Promise<Calls[K][1]>;
    return call(parameter);
  }

  async me(): Promise<MeView> {
    const { phase } = await this.ask('state');
    if (phase.is !== 'open') throw new Error(`is ${JSON.stringify(phase)}`);
    return phase.me;
  }

  async id(): Promise<string> {
    return (await this.me()).id;
  }

  /** Waits, as far as events come, until something is so. */
  async until<T>(find: () => Promise<T | undefined | false>, within = 600): Promise<T> {
    const found = (async () => {
      for (;;) {
        const next = new Promise<void>((resolve) => this.#heard.push(resolve));
        // What is computed here takes no time of that clock.
        const value = await this.#world.clock.during(find());
        if (value !== undefined && value !== false) return value;
        await next;
      }
    })();
    return this.#world.clock.until(found, { within });
  }

  async online(): Promise<void> {
    await this.until(async () => (await this.ask('state')).connection.is === 'online');
  }

  /** All that is shown of a conversation. */
  async talk(conversation: string): Promise<readonly MessageView[]> {
    return this.ask('messages', { conversation, limit: 500 });
  }

  async texts(conversation: string): Promise<readonly string[]> {
    return (await this.talk(conversation)).map(({ says }) => (says.is === 'text' ? says.text : says.is));
  }

  async untilText(conversation: string, text: string): Promise<MessageView> {
    return this.until(async () =>
      (await this.talk(conversation)).find(({ says }) => says.is === 'text' && says.text === text),
    );
  }

  async say(conversation: string, text: string, token: string = crypto.randomUUID()): Promise<MessageView> {
    return this.ask('send', { conversation, text, token });
  }

  /** Sends what no page can, as a client that was changed would. */
  async sendRaw(content: Content, receiver: ID): Promise<void> {
    const { network, clock } = this.#world;
    await this.close();
    const store = await this.disk.open('unprotected');
    const self = await deviceOf(store, dim.ID.parse((await localUsers(store, dim)).join('')));
    const client = createClient({ dim, store, self, clock, transport: network.transport, stations: [network.address] });
    await client.start();
    const delivery = await client.send(content, receiver);
    await clock.until(delivery.until('sent'));
    await client.close();
    await store.close();
    await this.start();
  }

  #tell(event: EngineEvent): void {
    this.events.push(event);
    const heard = this.#heard;
    this.#heard = [];
    for (const tell of heard) tell();
  }
}
