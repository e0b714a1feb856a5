/** What else a program can do while it opens a backlog, and how many of the processors work on it. */
import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { TextContent, type Dim, type User } from 'dimp';
import { createThreadedBackend, nativeBackend } from 'dimplugins/backends/native';
import { median } from '../measuring/turns.ts';
import { wireUser } from '../people/fixtures.ts';
import { makeUser, readUser, sideOf, storeOf } from '../people/people.ts';

const BITS = 2048;
const SLICE = 500;

/** How fast a backlog was opened, and what of it everything else felt. */
export interface BacklogOpening {
  readonly perSecond: number;
  /** The longest time in which nothing else of the program ran, in milliseconds. */
  readonly longestStallMs: number;
}

/** A backlog opened on the thread of the program, and with threads beside it. */
export interface Responsiveness {
  readonly messages: number;
  readonly cores: number;
  readonly oneByOne: BacklogOpening;
  readonly pooled: BacklogOpening;
}

/** Opens distinct messages in turns of both ways. @param messages how many each of them opens */
export async function measureResponsiveness(messages: number): Promise<Responsiveness> {
  const { dim } = sideOf('one by one', nativeBackend);
  const backend = createThreadedBackend();
  const pooledDim = sideOf('pooled', backend).dim;
  const [alice, bob] = await Promise.all([makeUser(dim, 'alice', BITS), makeUser(dim, 'bob', BITS)]);
  // The first ones start threads and warm up; at the end of each slice threads have less to do than at its middle.
  const packages = await pack(dim, alice, bob, messages + SLICE);
  const alone = await opener(dim, alice, bob);
  const pooled = await opener(pooledDim, readUser(pooledDim, wireUser(alice)), readUser(pooledDim, wireUser(bob)));
  const [oneByOne, byThreads] = [new Slices(), new Slices()];
  for (let start = 0; start < packages.length; start += SLICE) {
    const slice = packages.slice(start, start + SLICE);
    await oneByOne.measure(slice.length, async () => {
      for (const bytes of slice) await alone.unpack(bytes);
    });
    await byThreads.measure(slice.length, async () => {
      for await (const opened of pooled.unpackAll(slice)) if (opened.is === 'failed') throw opened.error;
    });
  }
  await backend.close();
  return { messages, cores: availableParallelism(), oneByOne: oneByOne.result, pooled: byThreads.result };
}

async function opener(dim: Dim, sender: User, receiver: User): Promise<ReturnType<Dim['messenger']>> {
  return dim.messenger({ self: receiver.id, store: await storeOf(dim, receiver, [sender]) });
}

async function pack(dim: Dim, sender: User, receiver: User, count: number): Promise<readonly Uint8Array[]> {
  const messenger = dim.messenger({ self: sender.id, store: await storeOf(dim, sender, [receiver]) });
  const packages: Uint8Array[] = [];
  for (let index = 0; index < count; index++)
    packages.push(await messenger.pack(TextContent.create(`Message ${index}`), receiver.id));
  return packages;
}

/** One way, slice by slice; the first one does not count. */
class Slices {
  readonly #rates: number[] = [];
  #longest = 0;

  async measure(count: number, open: () => Promise<void>): Promise<void> {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    await open();
    this.#rates.push((count * 1000) / (performance.now() - start));
    // What held the loop to the end is seen when it goes on.
    await new Promise((resolve) => setTimeout(resolve, 5));
    delay.disable();
    if (this.#rates.length > 1) this.#longest = Math.max(this.#longest, delay.max / 1e6);
  }

  get result(): BacklogOpening {
    return { perSecond: median(this.#rates.slice(1)), longestStallMs: this.#longest };
  }
}
