/** How much of the machine is used: many packs at a time against one after the other. */
import { availableParallelism } from 'node:os';
import { TextContent } from 'dimp';
import { rateWarm, type Effort } from '../measuring/turns.ts';
import { makeUser, storeOf, type Side } from '../people/people.ts';

const AT_A_TIME = 32;

/** What many at a time bring. */
export interface Throughput {
  readonly cores: number;
  readonly atATime: number;
  /** Messages a second at a time, over messages a second one after the other. */
  readonly gain: number;
}

/** With RSA-2048, today's size of new keys, whose signatures are made on other threads. */
export async function measureThroughput({ dim }: Side, effort: Effort): Promise<Throughput> {
  const [alice, bob] = await Promise.all([makeUser(dim, 'alice', 2048), makeUser(dim, 'bob', 2048)]);
  const messenger = dim.messenger({ self: alice.id, store: await storeOf(dim, alice, [bob]) });
  const pack = () => messenger.pack(TextContent.create('Hello, world!'), bob.id);
  const rates = await rateWarm(
    [
      { name: 'one', run: pack },
      {
        name: 'many',
        times: AT_A_TIME,
        run: async () => Promise.all(Array.from({ length: AT_A_TIME }, pack)),
      },
    ],
    effort,
  );
  return {
    cores: availableParallelism(),
    atATime: AT_A_TIME,
    gain: (rates['many'] ?? 0) / (rates['one'] ?? 1),
  };
}
