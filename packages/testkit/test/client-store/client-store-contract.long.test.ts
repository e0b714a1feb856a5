/** The contract of stores for clients: what is wrong with a store is told by the rule that it breaks. */
import { describe, expect, test } from '@jest/globals';
import { MemoryStore } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { checkClientStore } from '../../src/client-store/index.ts';
import { checkStore } from '../../src/store/index.ts';
import { dim } from '../store/spoiled-stores.ts';
import { spoiled } from './spoiled-client-stores.ts';
import { WRONG_COMMITS } from './wrong-commits.ts';
import { WRONG_HANDLES } from './wrong-handles.ts';
import { WRONG_PAGES, WRONG_PARTITIONS } from './wrong-pages.ts';
import { WRONG_NAMES, WRONG_ROWS, WRONG_VALUES } from './wrong-rows.ts';

const WRONG = [
  ...WRONG_ROWS,
  ...WRONG_NAMES,
  ...WRONG_VALUES,
  ...WRONG_PAGES,
  ...WRONG_PARTITIONS,
  ...WRONG_COMMITS,
  ...WRONG_HANDLES,
];

describe('checkClientStore', () => {
  test.each(WRONG)('tells of %s', async (_what, samples, rule) => {
    const { failures } = await checkClientStore(samples);
    expect(failures.map((failure) => failure.rule)).toContain(rule);
  });

  test('has the rules of all stores, and others, of which none is kept by every wrong store', async () => {
    const ofStores = await checkStore({ dim, open: () => new MemoryStore(), reopen: (store) => store });
    const { checked, failures } = await checkClientStore(spoiled(() => ({})));
    expect(failures).toEqual([]);
    expect(checked.slice(0, ofStores.checked.length)).toEqual(ofStores.checked);
    const own = checked.slice(ofStores.checked.length);
    expect(own.filter((rule) => !WRONG.some((each) => each[2] === rule))).toEqual([]);
  });

  test('tells a store that does not forget, and has no second handle, nothing of these', async () => {
    const { checked } = await checkClientStore({ dim, open: () => new MemoryClientStore() });
    const whole = await checkClientStore(spoiled(() => ({})));
    expect(whole.checked.length - checked.length).toBe(8);
  });

  test('closes what it opened, also where a rule broke', async () => {
    const open = new Set<MemoryClientStore>();
    const opened = () => {
      const store = new MemoryClientStore();
      open.add(store);
      return store;
    };
    await checkClientStore({ dim, open: opened });
    expect([...open].filter((store) => isOpen(store))).toEqual([]);
  });
});

function isOpen(store: MemoryClientStore): boolean {
  try {
    store.row('app-notes', '1');
    return true;
  } catch {
    return false;
  }
}
