import { expect, test } from '@jest/globals';
import { defineDigest } from '../../src/index.ts';
import { errorOf } from '../demo-plugin.ts';

test('a digest is defined by an object, or by an instance of a class', () => {
  class Digest {
    readonly name = 'SHA-256';
    readonly #byte = 7;
    digest(): Uint8Array {
      return new Uint8Array(32).fill(this.#byte);
    }
  }
  const definition = defineDigest(new Digest());
  const { defines, name } = definition;
  expect([defines, name, definition.digest(new Uint8Array())]).toEqual([
    'digest',
    'SHA-256',
    new Uint8Array(32).fill(7),
  ]);
});

test('a digest that nobody asks for is refused', () => {
  const name = 'SHA256' as 'SHA-256';
  expect(errorOf(() => defineDigest({ name, digest: (data) => data }))).toMatchObject({
    code: 'USAGE_ARGUMENT',
    path: 'name',
    reason: 'must be SHA-256, not SHA256',
  });
});
