/** The engine in memory keeps the contract. */
import { expect, test } from '@jest/globals';
import { assertContract, checkEngine } from 'dimtestkit/engine';
import { memoryEngine } from '../../src/index.ts';

test('memoryEngine gives what keeps the contract of engines', async () => {
  const report = await checkEngine({ open: () => memoryEngine() });
  assertContract(report);
  expect(report.checked.length).toBeGreaterThan(35);
});
