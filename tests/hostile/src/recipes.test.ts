/** Recipes make what they say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeInput, makePackage } from './recipes.ts';
import { createProbes } from './recipes/probes.ts';

await test('single values', () => {
  assert.equal(makeInput({ $gen: 'undefined' }), undefined);
  assert.ok(Object.is(makeInput({ $gen: 'number', text: '-0' }), -0));
  assert.ok(Number.isNaN(makeInput({ $gen: 'number', text: 'NaN' })));
  assert.equal(makeInput({ $gen: 'bigint', text: '7' }), 7n);
  assert.equal(typeof makeInput({ $gen: 'symbol' }), 'symbol');
  assert.equal(typeof makeInput({ $gen: 'function' }), 'function');
  assert.ok(makeInput({ $gen: 'date', text: '2020-01-01' }) instanceof Date);
  assert.equal(typeof makeInput({ $gen: 'boxed-string', s: 'x' }), 'object');
  assert.ok(makeInput({ $gen: 'map' }) instanceof Map);
  assert.equal(makeInput({ $gen: 'concat', parts: ['a', { $gen: 'repeat', unit: 'bc', times: 2 }] }), 'abcbc');
  assert.deepEqual(JSON.parse(makeInput({ $gen: 'int-keys', start: 7, times: 2 }) as string), { 7: 0, 8: 0 });
});

await test('bytes', () => {
  assert.deepEqual(makeInput({ $gen: 'bytes', hex: '00ff' }), new Uint8Array([0, 255]));
  const view = makeInput({ $gen: 'subarray', hex: '000102', from: 1, to: 2 }) as Uint8Array;
  assert.deepEqual([...view, view.byteOffset, view.buffer.byteLength], [1, 1, 3]);
  assert.ok((makeInput({ $gen: 'shared-buffer', length: 4 }) as Uint8Array).buffer instanceof SharedArrayBuffer);
  assert.equal((makeInput({ $gen: 'detached-buffer' }) as Uint8Array).length, 0);
  assert.deepEqual(makePackage({ text: 'a' }), new Uint8Array([97]));
  assert.deepEqual(makePackage({ hex: 'ff' }), new Uint8Array([255]));
  assert.deepEqual(makePackage({ gen: { $gen: 'repeat', unit: 'ab', times: 2 } }), new Uint8Array([97, 98, 97, 98]));
});

await test('a field named __proto__ is a field', () => {
  const made = makeInput(JSON.parse('{"__proto__":{"polluted":"yes"},"a":{"$gen":"bigint","text":"1"}}')) as object;
  assert.deepEqual(Object.keys(made), ['__proto__', 'a']);
  assert.equal(Object.getPrototypeOf(made), Object.prototype);
});

await test('objects that act', () => {
  const probes = createProbes();
  const recipe: unknown = JSON.parse('{"$gen":"getter-flips","base":{"b":1},"key":"a","first":1,"then":2}');
  const flips = makeInput(recipe, probes) as { a: number };
  assert.deepEqual([flips.a, flips.a, flips.a, probes.flipping[0]?.reads], [1, 2, 2, 3]);
  const encoded = makeInput({ $gen: 'tojson-returns', base: { a: 1 }, value: { a: 2 } }, probes);
  assert.equal(JSON.stringify(encoded) + String(probes.toJsonCalls), '{"a":2}1');
  assert.throws(() => JSON.stringify(makeInput({ $gen: 'tojson-throws', base: {} })), /toJSON/);
  assert.throws(() => JSON.stringify(makeInput({ $gen: 'getter-throws', base: {}, key: 'a' })), /getter/);
  assert.throws(() => Number(makeInput({ $gen: 'tostring-throws' })), /valueOf/);
  assert.equal(String(makeInput({ $gen: 'tostring-returns', s: 'x' })), 'x');
  assert.throws(() => Object.keys(makeInput({ $gen: 'proxy-throws' }) as object), /proxy/);
  const frozen = makeInput({ $gen: 'frozen', base: { a: {} } }) as { a: object };
  assert.ok(Object.isFrozen(frozen) && Object.isFrozen(frozen.a));
  assert.deepEqual(makeInput({ $gen: 'with', base: { a: 1, b: 1 }, set: { a: 2 } }), { a: 2, b: 1 });
  assert.equal(Object.getPrototypeOf(makeInput({ $gen: 'null-proto', own: {} })), null);
  const inheriting = makeInput({ $gen: 'proto', own: { a: 1 }, proto: { b: 2 } }) as { b: number };
  assert.deepEqual([Object.keys(inheriting), inheriting.b], [['a'], 2]);
  assert.deepEqual(Object.keys(makeInput({ $gen: 'class-instance' }) as object), ['type', 'sn', 'time', 'text']);
});

await test('deep, wide and cyclic structures', () => {
  const cyclic = makeInput({ $gen: 'cycle', base: { list: [] }, at: ['list', '0'] }) as { list: unknown[] };
  assert.equal(cyclic.list[0], cyclic);
  assert.equal(Object.keys(makeInput({ $gen: 'many-keys', base: {}, prefix: 'k', times: 5 }) as object).length, 5);
  assert.equal((makeInput({ $gen: 'fill', item: {}, times: 3 }) as unknown[]).length, 3);
  assert.equal((makeInput({ $gen: 'sparse', length: 4_294_967_295 }) as unknown[]).length, 4_294_967_295);
  assert.deepEqual(makeInput({ $gen: 'nest', kind: 'array', times: 2 }), [[[]]]);
  assert.deepEqual(makeInput({ $gen: 'nest', kind: 'object', key: 'k', times: 2, leaf: 1 }), { k: { k: 1 } });
  const env = { sender: 'a' };
  for (const kind of ['content-array', 'forward', 'combine']) {
    assert.match(JSON.stringify(makeInput({ $gen: 'nest', kind, times: 3, leaf: 'leaf', env })), /"leaf"/);
  }
  const dag = makeInput({ $gen: 'dag', times: 2, leaf: {} }) as { contents: unknown[] };
  assert.equal(dag.contents[0], dag.contents[1]);
});

await test('an unknown kind is an error, and so is a recipe without its parts', () => {
  assert.throws(() => makeInput([{ $gen: 'unheard-of' }]), /unheard-of/);
  assert.throws(() => makeInput({ $gen: 'repeat', unit: 'x' }), /times/);
});
