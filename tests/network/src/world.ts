/** A small world for tests: people, a network with one station, and a client for each device. */
import { createDim, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  clientPlugin,
  createClient,
  MemoryClientStore,
  type Client,
  type ClientOptions,
  type ClientStore,
  type StoredMessage,
} from 'dimsdk';
import { createTestNetwork, TestClock, type TestNetwork, type TestNetworkOptions } from 'dimtestkit/network';
import { knownPerson, STATION } from './people.ts';

export const dim = createDim({ plugins: [standardPlugin(), clientPlugin], wireShape: 'deployed' });

/** The contents that clients here know. */
export type TestContent = ReturnType<typeof dim.Content.parse>;
export type TestClient = Client<TestContent>;

/** People whose keys are made once: making them takes most of the time. */
const people = new Map<string, Promise<User>>();

/** Somebody by name, with a key of each terminal. */
export async function person(name: string, terminals: readonly string[] = []): Promise<User> {
  const key = [name, ...terminals].join(' ');
  const made = terminals.length === 0 ? knownPerson(name) : undefined;
  const known = people.get(key) ?? (made === undefined ? dim.createUser({ name, terminals }) : Promise.resolve(made));
  people.set(key, known);
  return known;
}

/** A network whose clock a test moves. */
export async function network(options: Omit<TestNetworkOptions, 'dim' | 'station'>): Promise<TestNetwork> {
  return createTestNetwork({ dim, station: await person(STATION), clock: new TestClock(), ...options });
}

/** The clock of a network here. */
export function clockOf({ clock }: TestNetwork): TestClock {
  if (!(clock instanceof TestClock)) throw new Error('the clock of this network is no TestClock');
  return clock;
}

/** How to make a device. */
export interface DeviceOptions extends Partial<ClientOptions<TestContent>> {
  readonly terminal?: string;
}

/** A device of a person: a client over a store, which is kept where it is given again. */
export async function device(net: TestNetwork, user: User, options: DeviceOptions = {}): Promise<TestClient> {
  const { terminal, store = new MemoryClientStore(), ...rest } = options;
  await dim.addUser(store, user);
  const self = terminal === undefined ? user.id : user.id.at(terminal);
  const { transport, address, clock } = net;
  const client = createClient({ dim, self, store, transport, stations: [address], clock, ...rest });
  await client.start();
  return client;
}

/** The messages of a conversation, the oldest first. */
export async function inOrder(
  client: TestClient,
  other: { readonly id: Parameters<TestClient['contact']>[0] },
): Promise<readonly StoredMessage<TestContent>[]> {
  const messages = await client.conversations.messages(other.id, { limit: 1000 });
  return messages.map((_, index) => messages[messages.length - 1 - index]).filter((message) => message !== undefined);
}

/** The texts of a conversation, the oldest first. */
export async function texts(
  client: TestClient,
  other: { readonly id: Parameters<TestClient['contact']>[0] },
): Promise<readonly string[]> {
  const messages = await inOrder(client, other);
  return messages.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
}

/** Waits until something is so, by the network's clock. */
export async function until(net: TestNetwork, isSo: () => Promise<boolean>, what: string): Promise<void> {
  const clock = clockOf(net);
  for (let turn = 0; turn < 2000; turn++) {
    if (await isSo()) return;
    await clock.advance(turn < 20 ? 0.5 : 30);
  }
  throw new Error(`not within a long time: ${what} (seed ${net.seed})`);
}

/** A store that fails as a full disk does, for as long as it is told to. */
export function failing(store: ClientStore): { readonly store: ClientStore; fail: (error: Error | undefined) => void } {
  let failure: Error | undefined;
  const proxy = new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (name === 'commit' && failure !== undefined) throw failure;
        return (value as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return {
    store: proxy,
    fail: (error) => {
      failure = error;
    },
  };
}
