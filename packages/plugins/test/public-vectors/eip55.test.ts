/** The addresses of EIP-55. */
import { expect, test } from '@jest/globals';
import { createIdentityContext } from 'mkm';
import { describeVectors } from '../../../../tests/support/public-vectors.ts';
import { standardPlugin } from '../../src/index.ts';
import { failureCode } from '../fixtures.ts';

interface Eip55 {
  readonly all_caps: readonly string[];
  readonly all_lower: readonly string[];
  readonly normal: readonly string[];
}

const { Address } = createIdentityContext({ plugins: [standardPlugin()] });

describeVectors('EIP-55', 'eip55', (vectors) => {
  const { all_caps, all_lower, normal } = vectors.json<Eip55>('vectors.json');

  test.each([...all_caps, ...all_lower, ...normal])('%s is read and written as it is', (text) => {
    const address = Address.parse(text);
    expect([address.kind, address.text]).toEqual(['ETH', text]);
    expect(address.equals(Address.parse(text.toLowerCase()))).toBe(true);
  });

  test.each(normal)('%s with the case of any one letter changed is refused', async (text) => {
    const letters = [...text.matchAll(/[a-fA-F]/g)].map(({ index }) => index);
    expect(letters.length).toBeGreaterThan(5);
    for (const index of letters) {
      const letter = text.charAt(index);
      const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
      const changed = text.slice(0, index) + other + text.slice(index + 1);
      expect(await failureCode(() => Address.parse(changed))).toBe('INPUT_FORMAT');
    }
  });
});
