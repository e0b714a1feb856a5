/** What holds whatever goes wrong: the same seed gives the same, and nothing that was acknowledged is lost. */
import { describe, expect, test } from '@jest/globals';
import { DimError, isDimError, TextContent } from 'dimp';
import type { Clock } from 'dimsdk';
import type { NetworkFaults } from '../../src/network/index.ts';
import { steadyDim } from './people.ts';
import type { TinyClient } from './tiny-client.ts';
import { makeWorld, type World } from './world.ts';

/** Everything at once. */
const EVERYTHING: NetworkFaults = {
  delay: [0.01, 2],
  refuseRate: 0.2,
  cutRate: 0.05,
  unnoticed: [0, 5],
  duplicateRate: 0.2,
  reorderRate: 0.2,
  silenceRate: 0.01,
  restartRate: 0.02,
};

const MESSAGES = 25;

/** Comes in again and again, until it is in. */
async function comeIn(client: TinyClient, { clock }: World): Promise<void> {
  for (;;) {
    const done = new AbortController();
    try {
      await Promise.race([client.logIn(), tooLong(clock, done.signal), ended(client)]);
      return;
    } catch (error) {
      if (!isDimError(error)) throw error;
    } finally {
      done.abort();
    }
    await client.connection?.close();
    await clock.wait(1);
  }
}

async function tooLong(clock: Clock, signal: AbortSignal): Promise<never> {
  await clock.wait(60, signal);
  throw new DimError('CONNECTION_LOST', 'took too long');
}

/** Fails when the connection that begins now has ended. */
async function ended(client: TinyClient): Promise<never> {
  await client.connected;
  await client.connection?.ended;
  throw new DimError('CONNECTION_LOST', 'has ended');
}

describe.each([1, 2, 3])('with seed %i', (seed) => {
  /** Alice sends, through all that goes wrong, what Bob reads; then nothing goes wrong any more. */
  async function run() {
    const world = await makeWorld({ seed, dim: steadyDim });
    const { network, clock } = world;
    const [alice, bob] = [await world.client(world.alice), await world.client(world.bob)];
    network.faults = EVERYTHING;
    const acknowledged: string[] = [];
    const over = new AbortController();
    const reading = (async () => {
      while (!over.signal.aborted) {
        await comeIn(bob, world);
        await Promise.race([bob.connection?.ended, clock.wait(100)]);
      }
    })();
    await clock.until(
      (async () => {
        await comeIn(alice, world);
        for (let number = 0; number < MESSAGES; number++) {
          try {
            await alice.send(TextContent.create(`t${number}`), world.bob.id);
            acknowledged.push(`t${number}`);
          } catch (error) {
            if (!isDimError(error)) throw error;
            await comeIn(alice, world);
          }
        }
      })(),
      { within: 30 * 24 * 60 * 60 },
    );
    network.faults = {};
    over.abort();
    await clock.until(reading, { within: 30 * 24 * 60 * 60 });
    await clock.until(comeIn(bob, world));
    await network.settled();
    await clock.settled();
    return { world, bob, acknowledged };
  }

  test('nothing that was acknowledged is lost', async () => {
    const { world, bob, acknowledged } = await run();
    expect(acknowledged.length).toBeGreaterThan(MESSAGES / 3);
    expect(bob.said).toEqual(expect.arrayContaining(acknowledged));
    expect(world.network.kept()).toEqual([]);
  });

  test('each run is the same', async () => {
    const [one, other] = [summaryOf(await run()), summaryOf(await run())];
    expect(one.length).toBeGreaterThan(100);
    expect(other).toEqual(one);
  });

  function summaryOf({ world }: Awaited<ReturnType<typeof run>>): readonly string[] {
    const { log } = world.network;
    const start = log[0]?.at ?? 0;
    return log.map(({ at, event, connection, envelope, why }) =>
      [(at - start).toFixed(6), event, connection, envelope?.sender.name ?? envelope?.sender, why?.code].join(' '),
    );
  }
});
