/** The types of metas that everybody has keep the contract. */
import { expect, test } from '@jest/globals';
import { btcMeta, ethMeta, mkmMeta, standardPlugin } from 'dimplugins';
import { EntityType, type MetaDefinition } from 'mkm';
import { checkMeta, type MetaSamples } from '../../src/index.ts';

const common = { plugins: [standardPlugin()], algorithm: 'ECC', networks: 'all' } as const;

test.each<[MetaSamples, MetaDefinition]>([
  [common, mkmMeta()],
  [{ ...common, algorithm: 'RSA' }, mkmMeta()],
  [common, btcMeta()],
  [{ ...common, networks: [EntityType.USER], refusedAlgorithms: ['RSA'] }, ethMeta()],
])('%#: $name', async (samples, definition) => {
  const report = await checkMeta(definition, samples);
  expect(report.failures).toEqual([]);
  expect(report.checked.length).toBeGreaterThan(20);
});
