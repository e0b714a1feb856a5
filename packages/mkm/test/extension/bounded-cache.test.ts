/** The cache beside a simple model of it: a list in the order of use. */
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { BoundedCache } from '../../src/index.ts';

test('holds what the model holds, whatever is done', () => {
  const step = fc.record({ isSet: fc.boolean(), key: fc.nat(8), value: fc.nat(99) });
  fc.assert(
    fc.property(fc.nat(5), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
      const cache = new BoundedCache<number, number>(capacity);
      let model: { key: number; value: number }[] = [];
      for (const { isSet, key, value } of steps) {
        const known = model.find((entry) => entry.key === key);
        const found = isSet ? cache.set(key, value) : cache.get(key);
        expect(found).toBe(isSet ? undefined : known?.value);
        const used = isSet ? { key, value } : known;
        if (used !== undefined) model = [...model.filter((entry) => entry.key !== key), used];
        if (model.length > capacity) model = model.slice(1);
        expect(cache.size).toBe(model.length);
      }
      const kept = Array.from({ length: 9 }, (_, key) => cache.get(key));
      expect(kept).toEqual(kept.map((_, key) => model.find((entry) => entry.key === key)?.value));
    }),
  );
});
