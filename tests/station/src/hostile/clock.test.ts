/** The clock of the machine is wrong, and set right: nobody loses what waits by that. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { TextContent } from 'dimp';
import type { Clock } from 'dimsdk';
import { memoryEngine, type Engine } from 'dimstation';
import { TestClock } from 'dimtestkit/network';
import { RawClient } from '../raw-client.ts';
import { dim, person, World } from '../world.ts';

const DAY = 24 * 60 * 60;
/** From one sweep to the next, and a little. */
const SWEEP = 601;
let world: World | undefined;

/** A machine whose clock can be set. */
class Machine implements Clock {
  readonly time = new TestClock();
  /** How far it is ahead of the true time. */
  skew = 0;

  now(): number {
    return this.time.now() + this.skew;
  }

  async wait(seconds: number, signal?: AbortSignal): Promise<void> {
    return this.time.wait(seconds, signal);
  }
}

async function start(clock: Clock, engine: Engine = memoryEngine()): Promise<World> {
  world = await new World({ clock, engine }).start();
  return world;
}

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

/** Alice writes to Bob, who is away. */
async function write(here: World, words: string): Promise<void> {
  const alice = await RawClient.open(dim, person('Alice'), await here.network.connect());
  await dim.addContact(alice.store, person('Bob'));
  await alice.logIn();
  await alice.say(TextContent.create(words), person('Bob').id);
  strictEqual(await alice.receipt(), 'Message cached.');
  await alice.connection.close();
}

const waiting = async ({ engine }: World): Promise<number> => (await engine.mailbox.total()).messages;

test('what nobody fetched is removed when its days are over', async () => {
  const machine = new Machine();
  const here = await start(machine);
  await write(here, 'hello');
  await machine.time.advance(7 * DAY - SWEEP);
  strictEqual(await waiting(here), 1);
  await machine.time.advance(2 * SWEEP);
  strictEqual(await waiting(here), 0);
});

for (const [name, days] of [
  ['ahead', 8],
  ['behind', -8],
  ['far behind', -20 * 365],
] as const)
  test(`a clock that is ${name} for a while takes nothing away`, async () => {
    const machine = new Machine();
    const here = await start(machine);
    await write(here, 'before');
    machine.skew = days * DAY;
    await write(here, 'between');
    await machine.time.advance(3 * SWEEP);
    machine.skew = 0;
    await write(here, 'behind');
    await machine.time.advance(3 * SWEEP);
    strictEqual(await waiting(here), 3);
  });

test('what came while the clock was wrong between two looks has all of its days', async () => {
  const machine = new Machine();
  const here = await start(machine);
  await write(here, 'before');
  await machine.time.advance(DAY);
  machine.skew = -20 * 365 * DAY;
  await write(here, 'hello');
  machine.skew = 0;
  await machine.time.advance(7 * DAY - 3 * SWEEP);
  strictEqual(await waiting(here), 1);
  await machine.time.advance(4 * SWEEP);
  strictEqual(await waiting(here), 0);
});

test('a machine that begins without a clock keeps for all of its days what came before it was set', async () => {
  const machine = new Machine();
  const engine = memoryEngine();
  const first = await start(machine, engine);
  await write(first, 'before');
  await first.stop();
  // As in a station that has never noted the time.
  await engine.records.write([{ table: 'clock', key: 'age', value: undefined, writtenAt: 0 }]);
  machine.skew = -machine.time.now();
  const here = await start(machine, engine);
  await write(here, 'in 1970');
  machine.skew = 0;
  await write(here, 'now');
  const left: number[] = [];
  for (const time of [SWEEP, 7 * DAY - 3 * SWEEP, 4 * SWEEP, DAY]) {
    await machine.time.advance(time);
    left.push(await waiting(here));
  }
  // What came after the clock was set is gone last: by then its days are over as well.
  deepStrictEqual(left, [3, 3, 0, 0]);
});

test('a leap while the station was away makes nothing older', async () => {
  const machine = new Machine();
  const engine = memoryEngine();
  const first = await start(machine, engine);
  await write(first, 'hello');
  await machine.time.advance(DAY);
  await first.stop();
  machine.skew = 30 * DAY;
  const second = await start(machine, engine);
  await machine.time.advance(5 * DAY);
  strictEqual(await waiting(second), 1);
  await machine.time.advance(DAY + 2 * SWEEP);
  strictEqual(await waiting(second), 0);
});

test('a clock that was set ahead and stays there is believed again', async () => {
  const machine = new Machine();
  const here = await start(machine);
  await machine.time.advance(SWEEP);
  machine.skew = 300 * DAY;
  await machine.time.advance(8 * DAY);
  await write(here, 'hello');
  await machine.time.advance(7 * DAY - SWEEP);
  strictEqual(await waiting(here), 1);
  await machine.time.advance(3 * SWEEP);
  strictEqual(await waiting(here), 0);
});
