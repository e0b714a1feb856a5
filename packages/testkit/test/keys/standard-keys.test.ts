/** The algorithms that everybody has keep the contract, on each backend. */
import { describe, expect, test } from '@jest/globals';
import { aesAlgorithm, eccAlgorithm, plainAlgorithm, platformBackend, rsaAlgorithm } from 'dimplugins';
import { portableBackend, portableModernBackend } from 'dimplugins/backends/portable';
import {
  aesGcmAlgorithm,
  ed25519Algorithm,
  platformModernBackend,
  x25519Algorithm,
  xsalsa20Poly1305Algorithm,
} from 'dimplugins/modern';
import { checkKeyAlgorithm } from '../../src/index.ts';

describe.each([
  ['native', platformBackend, platformModernBackend],
  ['portable', portableBackend, portableModernBackend],
] as const)('on the %s backend', (_name, backend, modern) => {
  test.each([
    rsaAlgorithm(backend),
    eccAlgorithm(backend),
    aesAlgorithm(backend),
    plainAlgorithm(),
    ed25519Algorithm(modern),
    x25519Algorithm(modern),
    xsalsa20Poly1305Algorithm(modern),
    aesGcmAlgorithm(modern),
  ])('$algorithm', async (definition) => {
    const report = await checkKeyAlgorithm(definition);
    expect(report.failures).toEqual([]);
    expect(report.checked.length).toBeGreaterThan(10);
  });
});
