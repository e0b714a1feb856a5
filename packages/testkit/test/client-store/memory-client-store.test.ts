/** The store in memory keeps the contract. */
import { expect, test } from '@jest/globals';
import { MemoryClientStore } from 'dimsdk';
import { assertContract, checkClientStore } from '../../src/client-store/index.ts';
import { dim } from '../store/spoiled-stores.ts';

const again = (store: unknown) => (store as MemoryClientStore).openAgain();

test('MemoryClientStore keeps the contract of stores for clients', async () => {
  const report = await checkClientStore({
    dim,
    open: () => new MemoryClientStore(),
    reopen: again,
    openAgain: again,
  });
  assertContract(report);
  expect(report.checked.length).toBeGreaterThan(60);
});
