/** Found by attack: what an application reads slowly fills the memory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeUtf8 } from 'dimp/extend';
import { device, network, person } from '../world.ts';
import { pass } from './enemy.ts';

test('a reader who has stopped holds a bounded number of events', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 1 });
  const bob = await person('Bob');
  const b = await device(net, bob);
  await pass(net, 10);
  const over = new AbortController();
  const refused = b.events('refused', over.signal)[Symbol.asyncIterator]();
  const first = refused.next();
  for (let round = 0; round < 5; round++)
    await net.inject(encodeUtf8(Array.from({ length: 2000 }, () => '{}').join('\n')), bob.id);
  await pass(net, 10);
  await first;
  let held = 0;
  for (;;) {
    const next = await Promise.race([
      refused.next(),
      new Promise<'none'>((resolve) => void setTimeout(() => resolve('none'), 50)),
    ]);
    if (next === 'none') break;
    held++;
  }
  over.abort();
  assert.ok(held <= 1000, `it held ${held}`);
  await b.close();
});
