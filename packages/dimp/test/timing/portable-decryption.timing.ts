/**
 * The same with the code that bundlers take for a browser, where the private operation of RSA is JavaScript: with fewer
 * samples, as it is slower. 2000 take two minutes of an idle processor.
 *
 * @jest-environment-options {"customExportConditions": ["@dim/source", "browser"]}
 */
import { expect, test } from '@jest/globals';
import { platformBackend } from 'dimplugins';

process.env['SAMPLES'] ??= '2000';
await import('./decryption.timing.ts');

test('the backend is the portable one', () => {
  expect(platformBackend.name).toBe('portable');
});
