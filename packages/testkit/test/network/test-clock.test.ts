/** The clock of tests: time stands until it is moved, and everything happens at its time. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { TestClock } from '../../src/network/index.ts';

const START = 1_800_000_000;
const DAY = 24 * 60 * 60;

/** Notes what ends, and when. */
function noting(clock: TestClock) {
  const ended: string[] = [];
  const wait = (name: string, seconds: number): void => {
    void clock.wait(seconds).then(() => ended.push(`${name} ${clock.now() - START}`));
  };
  return { ended, wait };
}

describe('TestClock', () => {
  test('stands', async () => {
    const clock = new TestClock({ start: START });
    const { ended, wait } = noting(clock);
    wait('a', 0.001);
    await clock.settled();
    expect(clock.now()).toBe(START);
    expect(ended).toEqual([]);
    expect([clock.waiting, clock.next]).toEqual([1, START + 0.001]);
  });

  test('ends waits in the order of their times, and where these are equal in that of their beginnings', async () => {
    const clock = new TestClock({ start: START });
    const { ended, wait } = noting(clock);
    wait('late', 3);
    wait('first of two', 2);
    wait('early', 1);
    wait('second of two', 2);
    await clock.advance(2.5);
    expect(ended).toEqual(['early 1', 'first of two 2', 'second of two 2']);
    expect(clock.now()).toBe(START + 2.5);
    await clock.advance(0.5);
    expect(ended.at(-1)).toBe('late 3');
  });

  test('what begins on the way has its own time', async () => {
    const clock = new TestClock({ start: START });
    const times: number[] = [];
    void (async () => {
      for (;;) {
        await clock.wait(10);
        times.push(clock.now() - START);
      }
    })();
    await clock.advance(35);
    expect(times).toEqual([10, 20, 30]);
  });

  test.each([0, -1, Number.NaN])('a wait of %d seconds is over at once', async (seconds) => {
    await expect(new TestClock().wait(seconds)).resolves.toBeUndefined();
  });

  test('a wait that is aborted ends with the reason, and leaves nothing behind', async () => {
    const clock = new TestClock({ start: START });
    const abort = new AbortController();
    const waited = clock.wait(10, abort.signal);
    abort.abort(new Error('not any more'));
    await expect(waited).rejects.toThrow('not any more');
    await expect(clock.wait(10, abort.signal)).rejects.toThrow('not any more');
    expect(clock.waiting).toBe(0);
  });

  test('a wait that has ended is not ended again', async () => {
    const clock = new TestClock({ start: START });
    const abort = new AbortController();
    const waited = clock.wait(10, abort.signal);
    await clock.advance(10);
    abort.abort(new Error('too late'));
    await expect(waited).resolves.toBeUndefined();
  });

  test('until: time jumps until something has happened, and no further', async () => {
    const clock = new TestClock({ start: START });
    const { ended, wait } = noting(clock);
    wait('later', 7 * DAY);
    const happened = clock.wait(3 * DAY).then(() => 'three days');
    await expect(clock.until(happened, { within: 4 * DAY })).resolves.toBe('three days');
    expect(clock.now()).toBe(START + 3 * DAY);
    expect(ended).toEqual([]);
  });

  test('until: what fails, fails', async () => {
    const clock = new TestClock({ start: START });
    const failed = clock.wait(5).then(() => {
      throw new Error('it failed');
    });
    await expect(clock.until(failed)).rejects.toThrow('it failed');
  });

  test('until: what does not happen in time is told', async () => {
    const clock = new TestClock({ start: START });
    void (async () => {
      for (;;) await clock.wait(60);
    })();
    const never = new Promise<void>(() => undefined);
    await expect(clock.until(never, { within: 3600 })).rejects.toThrow('3600 seconds');
    expect(clock.now()).toBe(START + 3600);
  });

  test('until: what happens without time takes none', async () => {
    const clock = new TestClock({ start: START });
    void clock.wait(1);
    await clock.until(new Promise<void>((resolve) => setImmediate(resolve)));
    expect(clock.now()).toBe(START);
  });

  test('start: a month of pings goes by itself', async () => {
    const clock = new TestClock({ start: START, isRunning: true });
    let pings = 0;
    for (; clock.now() < START + 30 * DAY; pings++) await clock.wait(3600);
    clock.stop();
    expect(pings).toBe(30 * 24);
  });

  test('stop: time stands again', async () => {
    const clock = new TestClock({ start: START });
    clock.start();
    clock.start();
    await clock.wait(5);
    clock.stop();
    const { ended, wait } = noting(clock);
    wait('a', 1);
    await clock.settled();
    expect(ended).toEqual([]);
    expect(clock.now()).toBe(START + 5);
  });

  test('during: time does not jump before it has ended', async () => {
    const clock = new TestClock({ start: START, isRunning: true });
    const { ended, wait } = noting(clock);
    let finish = (): void => undefined;
    const work = clock.during(
      new Promise<string>((resolve) => {
        finish = () => resolve('done');
      }),
    );
    wait('a', 1);
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toEqual([]);
    finish();
    await expect(work).resolves.toBe('done');
    await clock.wait(1);
    clock.stop();
    expect(ended).toEqual(['a 1']);
  });

  test('during: what fails is over too', async () => {
    const clock = new TestClock({ start: START });
    await expect(clock.during(Promise.reject(new Error('it failed')))).rejects.toThrow('it failed');
    await clock.advance(1);
    expect(clock.now()).toBe(START + 1);
  });

  test('what other threads have to do needs no time', async () => {
    const clock = new TestClock({ start: START });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const message = new Uint8Array(100);
    let signed = 0;
    // Each of them takes many times longer than all turns of a clock that does not know of it.
    const signNext = (): void =>
      sign('sha256', message, privateKey, () => {
        signed++;
        if (signed < 5) signNext();
      });
    signNext();
    await clock.advance(1);
    expect(signed).toBe(5);
  });

  test('a Blob of a file that was read does not hold up time', async () => {
    const clock = new TestClock({ start: START });
    const blob = await openAsBlob(import.meta.filename);
    await blob.arrayBuffer();
    await clock.advance(1);
    expect(clock.now()).toBe(START + 1);
  });

  test.each([-1, Number.NaN, Infinity])('no %d seconds can go by', async (seconds) => {
    await expect(new TestClock().advance(seconds)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT' });
  });

  test('a clock that begins at no time is none', () => {
    expect(() => new TestClock({ start: Number.NaN })).toThrow(expect.objectContaining({ code: 'USAGE_ARGUMENT' }));
  });
});
