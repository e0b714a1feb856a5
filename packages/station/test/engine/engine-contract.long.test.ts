/** The contract of engines: what is wrong with an engine is told by the rule that it breaks. */
import { describe, expect, test } from '@jest/globals';
import { checkEngine } from 'dimtestkit/engine';
import { memoryEngine, type Engine } from '../../src/index.ts';
import { spoiled } from './wrong-engine.ts';
import { WRONG_APPENDS } from './wrong-appends.ts';
import { WRONG_MAILBOXES } from './wrong-mailboxes.ts';
import { WRONG_CALLS, WRONG_ENDINGS, WRONG_NAMES } from './wrong-others.ts';
import { WRONG_RECORDS } from './wrong-records.ts';

const WRONG = [
  ...WRONG_APPENDS,
  ...WRONG_MAILBOXES,
  ...WRONG_NAMES,
  ...WRONG_CALLS,
  ...WRONG_RECORDS,
  ...WRONG_ENDINGS,
];

describe('checkEngine', () => {
  test.each(WRONG)('tells of %s', async (_what, samples, rule) => {
    const { failures } = await checkEngine(samples);
    expect(failures.map((failure) => failure.rule)).toContain(rule);
  });

  test('has no rule that every wrong engine keeps', async () => {
    // What remembers, for the rules about restarts.
    const { checked, failures } = await checkEngine({ open: memoryEngine, reopen: (engine) => engine });
    expect(checked.filter((rule) => !WRONG.some((each) => each[2] === rule))).toEqual([]);
    // The engine in memory refuses what is asked when it was closed.
    expect(failures.map(({ rule }) => rule)).toEqual(['what was asked before closing is done']);
  });

  test('does not ask an engine that forgets what it remembers', async () => {
    const { checked } = await checkEngine({ open: memoryEngine });
    const whole = await checkEngine(spoiled(() => ({})));
    expect(whole.checked.length - checked.length).toBe(2);
  });

  test('closes what it opened', async () => {
    const opened: Engine[] = [];
    await checkEngine({
      open: () => {
        const engine = memoryEngine();
        opened.push(engine);
        return engine;
      },
    });
    const ended = await Promise.allSettled(opened.map(async (engine) => engine.mailbox.total()));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  });
});
