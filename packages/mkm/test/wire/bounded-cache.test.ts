/** The cache beside a simple model of it: a list in the order of use. */
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { BoundedCache } from '../../src/internal.ts';

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

test('holds no more than the values may weigh together, and the newest one in any case', () => {
  const weights = fc.array(fc.record({ key: fc.nat(5), weight: fc.nat(60) }), { maxLength: 40 });
  fc.assert(
    fc.property(weights, (steps) => {
      const cache = new BoundedCache<number, number>(4, { limit: 100, of: (weight) => weight });
      let model: { key: number; weight: number }[] = [];
      const isOverfull = () =>
        model.length > 4 || (model.length > 1 && model.reduce((sum, { weight }) => sum + weight, 0) > 100);
      for (const step of steps) {
        cache.set(step.key, step.weight);
        model = [...model.filter(({ key }) => key !== step.key), step];
        while (isOverfull()) model = model.slice(1);
        expect(new Set(cache.keys())).toEqual(new Set(model.map(({ key }) => key)));
        expect(cache.size).toBe(model.length);
      }
    }),
  );
  expect(() => new BoundedCache(1, { limit: Number.NaN, of: () => 1 })).toThrow('USAGE_ARGUMENT');
});
