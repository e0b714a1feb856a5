import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { metricsTable } from '../../src/operation/metrics/metrics.ts';
import { optionsTable } from '../../src/operation/options/show-configuration.ts';

const text = readFileSync('../../docs/station.md', 'utf8');

/** What stands there between two marks. */
function between(name: string): string | undefined {
  return text.split(`<!-- ${name} -->\n`)[1]?.split('\n<!-- end -->')[0];
}

test('the table of options in docs/station.md is that of the options', () => {
  expect(between('options')).toBe(optionsTable());
});

test('the table of metrics in docs/station.md is that of the metrics', () => {
  expect(between('metrics')).toBe(metricsTable());
});
