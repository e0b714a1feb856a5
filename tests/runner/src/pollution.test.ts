/** What changes shared prototypes is seen once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedPollution } from './pollution.ts';

test('what is added is seen, and gone afterwards', () => {
  assert.deepEqual(sharedPollution(), []);
  Reflect.set(Object.prototype, 'polluted', 'yes');
  Reflect.set(Map.prototype, Symbol.for('polluted'), 'yes');
  assert.deepEqual(sharedPollution(), [
    'Object.prototype.polluted was added',
    'Map.prototype.Symbol(polluted) was added',
  ]);
  assert.deepEqual(sharedPollution(), []);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('what is taken away is seen', () => {
  const clear = Reflect.getOwnPropertyDescriptor(Set.prototype, 'clear');
  Reflect.deleteProperty(Set.prototype, 'clear');
  Reflect.set(Set.prototype, 'added', 'instead');
  const found = sharedPollution();
  Reflect.defineProperty(Set.prototype, 'clear', clear ?? {});
  assert.deepEqual(found, ['Set.prototype.added was added', 'something of Set.prototype was taken away']);
  assert.deepEqual(sharedPollution(), []);
});
