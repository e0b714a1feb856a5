import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeQR } from 'qr';
import { decodeQR } from 'qr/decode.js';
import { PartCollector, partsOf } from '../../src/views/parts/code-parts.ts';
import { FakeEngine } from '../fake-engine.ts';

const identity = async () => new FakeEngine().call('exportIdentity', { filePassphrase: 'of the way' });

test('an identity goes through codes in any order, also when parts are seen twice', async () => {
  const text = await identity();
  const parts = await partsOf(text);
  assert.ok(parts.length > 5, `${parts.length} parts`);
  const [first = '', ...others] = parts;
  const collector = new PartCollector();
  const seen = [];
  for (const code of [...others.slice(2), first, first, ...others.slice(0, 2)]) seen.push(await collector.add(code));
  assert.deepEqual(seen.at(-1), { is: 'whole', text });
  assert.deepEqual(seen[0], { is: 'going', have: 1, total: parts.length });
  assert.ok(seen.slice(0, -1).every(({ is }) => is === 'going'));
});

test('each part is small enough to be read', async () => {
  for (const part of await partsOf(await identity())) {
    const rows = encodeQR(part, 'raw', { ecc: 'low', border: 3 });
    assert.ok(rows.length < 80, `${rows.length} modules`);
  }
});

test('what a camera reads of a part is the part', async () => {
  const [part = ''] = await partsOf(await identity());
  const scale = 4;
  const rows = encodeQR(part, 'raw', { ecc: 'low', border: 3, scale });
  const side = rows.length;
  const data = Uint8Array.from(rows.flat().flatMap((isDark) => (isDark ? [0, 0, 0, 255] : [255, 255, 255, 255])));
  assert.equal(decodeQR({ width: side, height: side, data }), part);
});

test('signs outside of ASCII come through', async () => {
  const text = `ä🎉${'字'.repeat(900)}`;
  const collector = new PartCollector();
  let last;
  for (const part of await partsOf(text)) last = await collector.add(part);
  assert.deepEqual(last, { is: 'whole', text });
});

test('parts that are not of the text are found, and it begins anew', async () => {
  const [one = '', two = '', ...others] = await partsOf(await identity());
  const collector = new PartCollector();
  await collector.add(`${one.slice(0, -1)}#`);
  for (const part of others) await collector.add(part);
  assert.deepEqual(await collector.add(two), { is: 'damaged' });
  assert.equal((await collector.add(one)).is, 'going');
});

test('another text begins anew; what is no part is none', async () => {
  const collector = new PartCollector();
  const [first = ''] = await partsOf('a'.repeat(1000));
  await collector.add(first);
  const others = await partsOf('b'.repeat(400));
  let last;
  for (const part of others) last = await collector.add(part);
  assert.deepEqual(last, { is: 'whole', text: 'b'.repeat(400) });
  const digest = '0'.repeat(16);
  for (const code of ['', 'https://example.com', `DIM:0/2:${digest}:x`, `DIM:3/2:${digest}:x`, `DIM:1/999:${digest}:x`])
    assert.deepEqual(await collector.add(code), { is: 'other' }, code);
});

test('a text that nobody has the patience for is refused', async () => {
  await assert.rejects(partsOf('x'.repeat(1_000_000)), RangeError);
});
