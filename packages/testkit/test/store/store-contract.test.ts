/** The contract of stores: those that keep what they are told pass, and what is wrong with the others is told. */
import { describe, expect, test } from '@jest/globals';
import { MemoryStore, type Store } from 'dimp';
import { assertContract, checkStore } from '../../src/store/index.ts';
import { NaiveStore } from '../../../../tests/support/naive-store.ts';
import { changing, dim, mallory } from './spoiled-stores.ts';
import { WRONG_IDENTITIES } from './wrong-identities.ts';
import { WRONG_MESSAGES } from './wrong-messages.ts';

describe('checkStore', () => {
  test('passes a store in memory', async () => {
    const report = await checkStore({ dim, open: () => new MemoryStore() });
    assertContract(report);
    expect(report.checked.length).toBeGreaterThan(15);
  });

  test('passes a store that only stores, also over a restart', async () => {
    const reopen = (store: Store) => new NaiveStore(dim, (store as NaiveStore).rows);
    assertContract(await checkStore({ dim, open: () => new NaiveStore(dim), reopen }));
  });

  const wrong = [...WRONG_IDENTITIES, ...WRONG_MESSAGES];

  test.each(wrong)('tells of %s', async (_what, open, rule, ...[received]) => {
    const { failures } = await checkStore({ dim, open });
    const failure = failures.find((each) => each.rule === rule);
    expect(failure).toBeDefined();
    expect(failure?.received).toBe(received ?? failure?.received);
  });

  test('a pin that is proven whatever was said of it is told by the rule that says so, and by no other', async () => {
    const open = changing((change) => (change.do === 'pin-meta' ? { ...change, isProven: true } : change));
    const { failures } = await checkStore({ dim, open });
    expect(failures.map(({ rule }) => rule)).toEqual(['the pinned meta comes back, and whether it is proven']);
  });

  test('no rule is kept by every wrong store', async () => {
    const { checked } = await checkStore({ dim, open: () => new MemoryStore() });
    expect(checked.filter((rule) => !wrong.some((each) => each[2] === rule))).toEqual([]);
  });

  test('says what it expected, and what it got', async () => {
    const open = changing((change) => (change.do === 'set-members' ? { ...change, members: [mallory.id] } : change));
    const { failures } = await checkStore({ dim, open });
    const failure = failures.find(({ rule }) => rule.endsWith('as a whole'));
    expect(failure).toMatchObject({ where: 'commit', received: mallory.id.toString() });
  });

  test('tells of a store that forgets at a restart', async () => {
    const { failures } = await checkStore({ dim, open: () => new MemoryStore(), reopen: () => new MemoryStore() });
    expect(failures.length).toBeGreaterThan(5);
    expect(failures[0]).toEqual({
      rule: 'what was committed is there after a restart',
      where: 'reopen',
      expected: 'meta; documents; private keys',
      received: 'no meta; no documents; no private keys',
    });
  });
});
