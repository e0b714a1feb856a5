import { describe, expect, test } from '@jest/globals';
import { ReportCommand } from '../../src/index.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const WIRE = { type: '136', ...COMMON, command: 'report', title: 'online' };

describe('ReportCommand', () => {
  test.each(['online', 'offline', 'apns'])('the title %s is read', (title) => {
    expect(parseAs('report', { ...WIRE, title }).title).toBe(title);
  });

  test('nothing is lost', async () => {
    checkNothingLost('report', WIRE);
  });

  test('a new one makes the round trip', () => {
    expect(reread('report', ReportCommand.create('offline', { time: 5 }))).toMatchObject({ title: 'offline', time: 5 });
  });

  test.each([
    [{ title: undefined }, 'INPUT_MISSING'],
    [{ title: 5 }, 'INPUT_TYPE'],
  ])('%j is refused', async (change, code) => {
    expect(await refusalOf(WIRE, change)).toMatchObject({ code, path: 'title' });
  });
});
