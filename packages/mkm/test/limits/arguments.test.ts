import { expect, test } from '@jest/globals';
import { createIdentityContext } from '../../src/index.ts';
import { currentTime } from '../../src/extend.ts';
import { checkPlugins, timeBy } from '../../src/internal.ts';
import { demoPlugin, errorOf } from '../demo-plugin.ts';

test.each<[what: string, clock: unknown, reason: string]>([
  ['NaN', () => NaN, 'must be seconds since 1970, not negative and not milliseconds'],
  ['milliseconds', () => Date.now(), 'must be seconds since 1970, not negative and not milliseconds'],
  ['a date', () => new Date(), 'must be seconds, not a Date: take date.getTime() / 1000'],
  ['a number', 1700000000, 'must be a function, not a number'],
])('a clock that is or says %s is refused', (_what, clock, reason) => {
  expect(errorOf(() => timeBy(clock as () => number))).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'clock', reason });
});

test('a clock tells the time, and what it throws is its own', () => {
  expect(timeBy(() => 1700000000.5)).toBe(1700000000.5);
  expect(Math.abs(timeBy() - currentTime())).toBeLessThan(60);
  const broken = new Error('no battery');
  expect(() =>
    timeBy(() => {
      throw broken;
    }),
  ).toThrow(broken);
});

test('what is no plugin is refused with its place', () => {
  checkPlugins({ plugins: [demoPlugin] });
  const given = { plugins: [demoPlugin, () => demoPlugin] } as never;
  for (const check of [checkPlugins, createIdentityContext])
    expect(errorOf(() => check(given))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'plugins[1]',
      reason: 'must be a plugin, not a function: call it',
    });
});
