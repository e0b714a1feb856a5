/** Work that goes on for long, and what runs meanwhile. */
import { expect, test } from '@jest/globals';
import { EventLoop, LongWork } from '../../src/pace/long-work.ts';
import { nextTask } from '../../src/pace/next-task.ts';

/** An event loop whose turns end when a test says so, and a clock that stands still. */
class Loop extends EventLoop {
  time = 0;
  #ends: (() => void)[] = [];

  constructor() {
    super({ now: () => this.time, nextTask: () => new Promise((resolve) => void this.#ends.push(resolve)) });
  }

  async endTurn(): Promise<void> {
    const ends = this.#ends;
    this.#ends = [];
    for (const end of ends) end();
    await ready();
  }
}

/** Until all is done that waits for nothing but what is done already. */
async function ready(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

async function isOverAtOnce(work: LongWork): Promise<boolean> {
  let isOver = false;
  void (async () => {
    await work.pause();
    isOver = true;
  })();
  await ready();
  return isOver;
}

test('it goes on until its time is over, and then when everything else has run', async () => {
  const loop = new Loop();
  const work = new LongWork(10, loop);
  await work.pause();
  loop.time = 9;
  await work.pause();
  loop.time = 10;
  expect(await isOverAtOnce(work)).toBe(false);
  await loop.endTurn();
  expect(await isOverAtOnce(work)).toBe(true);
});

test('time in which something else ran is not counted', async () => {
  const loop = new Loop();
  const work = new LongWork(10, loop);
  await work.pause();
  await loop.endTurn();
  for (const time of [100, 109]) {
    loop.time = time;
    expect(await isOverAtOnce(work)).toBe(true);
  }
});

test('of many that wait each turn has no more than fit into it', async () => {
  const loop = new Loop();
  const works = [new LongWork(10, loop), new LongWork(10, loop)];
  let done = 0;
  const all = Array.from({ length: 10 }, async (_, index) => {
    await works[index % 2]?.pause();
    loop.time += 5;
    done++;
  });
  const counts: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await ready();
    counts.push(done);
    await loop.endTurn();
  }
  await Promise.all(all);
  expect(counts).toEqual([2, 4, 6, 8, 10]);
});

test('it never pauses where nothing else is to run', async () => {
  const loop = new Loop();
  const work = new LongWork(Infinity, loop);
  for (const time of [0, 1e9]) {
    loop.time = time;
    expect(await isOverAtOnce(work)).toBe(true);
  }
});

test('what is ready to run does so between two steps that took long', async () => {
  const work = new LongWork();
  await work.pause();
  const order: string[] = [];
  for (const start = performance.now(); performance.now() - start < 20;);
  setImmediate(() => order.push('other'));
  await work.pause();
  order.push('step');
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(['other', 'step']);
});

test('a clock of a test that stands still stops nothing', async () => {
  const { setImmediate } = globalThis;
  try {
    globalThis.setImmediate = (() => ({})) as unknown as typeof setImmediate;
    expect(await nextTask()).toBeUndefined();
  } finally {
    globalThis.setImmediate = setImmediate;
  }
});
