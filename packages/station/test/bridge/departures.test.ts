/** Messages that leave, and come back in between. */
import { expect, test } from '@jest/globals';
import { Departures } from '../../src/routing/departures.ts';
import { TraceGuard, traceOf } from '../../src/routing/trace-guard.ts';

const clock = { now: () => 1000, wait: async () => undefined };

/** A message that was kept here, and is on its way. */
function leaving(trace: string): { guard: TraceGuard; departures: Departures } {
  const guard = new TraceGuard(clock);
  const departures = new Departures(guard);
  guard.passed(trace);
  expect(departures.begin(trace)).toBe(true);
  return { guard, departures };
}

test('what has left may come again', async () => {
  const { guard, departures } = leaving('m');
  const removed: string[] = [];
  await departures.arrived(['m'], async (gone) => void removed.push(...gone));
  expect(removed).toEqual(['m']);
  expect(guard.hasPassed('m')).toBe(false);
  expect(departures.begin('m')).toBe(true);
});

test('what comes back before the other station has said that it is there is not removed', async () => {
  const { guard, departures } = leaving('m');
  await departures.returned('m');
  const removed: string[] = [];
  await departures.arrived(['m', 'n'], async (gone) => void removed.push(...gone));
  expect(removed).toEqual(['n']);
  expect(guard.hasPassed('m')).toBe(true);
});

test('what comes back while it is removed waits for that, and is taken', async () => {
  const { guard, departures } = leaving('m');
  let remove: () => void = () => undefined;
  const removal = new Promise<void>((resolve) => {
    remove = resolve;
  });
  const arrived = departures.arrived(['m'], async () => removal);
  let isBack = false;
  const returned = departures.returned('m').then(() => {
    isBack = true;
    expect(guard.hasPassed('m')).toBe(false);
    return undefined;
  });
  await Promise.resolve();
  expect(isBack).toBe(false);
  remove();
  await Promise.all([arrived, returned]);
  expect(isBack).toBe(true);
});

test('what could not be removed is here still, and known', async () => {
  const { guard, departures } = leaving('m');
  const arrived = departures.arrived(['m'], async () => {
    throw new Error('the disk is full');
  });
  const returned = departures.returned('m');
  await expect(arrived).rejects.toThrow('full');
  await returned;
  expect(guard.hasPassed('m')).toBe(true);
  expect(departures.begin('m')).toBe(true);
});

test('what leaves leaves once at a time, and again where it was not taken', () => {
  const { departures } = leaving('m');
  expect(departures.begin('m')).toBe(false);
  departures.failed('m');
  expect(departures.begin('m')).toBe(true);
});

test('each part of a message that was split is known by itself', () => {
  expect(traceOf('m', undefined)).toBe('m');
  expect(traceOf('m', 'bob/phone')).not.toBe(traceOf('m', 'bob/desk'));
});
