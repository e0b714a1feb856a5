/** Networks for tests, with people who come to them. */
import type { User } from 'dimp';
import { createTestNetwork, TestClock, type TestNetwork, type TestNetworkOptions } from '../../src/network/index.ts';
import { dim as usualDim, makePeople, type People } from './people.ts';
import { TinyClient, type TinyClientOptions } from './tiny-client.ts';

export interface World extends People {
  readonly network: TestNetwork;
  readonly clock: TestClock;
  /** Somebody who knows all others, and the station. */
  client(user: User, options?: Partial<Pick<TinyClientOptions, 'terminal' | 'acknowledges'>>): Promise<TinyClient>;
  /** Somebody who knows nobody. */
  stranger(user: User): Promise<TinyClient>;
}

/** A network to which nobody has come yet; the station knows nobody. */
export async function makeWorld(options: Partial<TestNetworkOptions> = {}): Promise<World> {
  const { dim = usualDim } = options;
  const people = await makePeople(dim);
  const clock = new TestClock();
  const network = await createTestNetwork({ seed: 1, clock, station: people.station, ...options, dim });
  const { alice, bob, carol, station } = people;
  return {
    ...people,
    network,
    clock,
    client: async (user, more = {}) => {
      const others = [alice, bob, carol, station].filter((other) => other !== user);
      return new TinyClient({ dim, network, user, ...more }).know(...others);
    },
    stranger: async (user) => new TinyClient({ dim, network, user }).know(),
  };
}
