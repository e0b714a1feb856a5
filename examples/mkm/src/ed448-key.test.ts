import { test } from 'node:test';
import { assertContract, checkKeyAlgorithm } from 'dimtestkit';
import { ed448Algorithm } from './ed448-key.ts';

test('the keys keep the contract', async () => {
  assertContract(await checkKeyAlgorithm(ed448Algorithm));
});
