/** The key in a visa, where it is none. */
import { expect, test } from '@jest/globals';
import type { Visa } from '../../src/index.ts';
import { context, errorOf, USER } from '../demo-plugin.ts';

test.each([
  ['a text', '"abc"', 'data.key'],
  ['null', 'null', 'data.key'],
  ['a map without an algorithm', '{}', 'data.key.algorithm'],
])('%s: the error names the key once', (_what, key, path) => {
  const visa = context.Document.parse({ did: USER, type: 'visa', data: `{"key":${key}}` });
  expect(errorOf(() => (visa as Visa).publicKey).path).toBe(path);
});
