/** The algorithms that everybody has keep the contract, on each backend. */
import { describe, expect, test } from '@jest/globals';
import { aesAlgorithm, eccAlgorithm, plainAlgorithm, platformBackend, rsaAlgorithm } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';
import { checkKeyAlgorithm } from '../../src/index.ts';

describe.each([
  ['native', platformBackend],
  ['portable', portableBackend],
] as const)('on the %s backend', (_name, backend) => {
  test.each([rsaAlgorithm(backend), eccAlgorithm(backend), aesAlgorithm(backend), plainAlgorithm()])(
    '$algorithm',
    async (definition) => {
      const report = await checkKeyAlgorithm(definition);
      expect(report.failures).toEqual([]);
      expect(report.checked.length).toBeGreaterThan(20);
    },
  );
});
