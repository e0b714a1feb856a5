/** Found by reading: names with signs in them that mean something elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArrayContent, TextContent } from 'dimp';
import { device, dim, network, person, texts } from '../world.ts';
import { pass, sentBy } from './enemy.ts';

test('whoever has a # in the name gets receipts, one for each message', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 1 });
  const [odd, bob] = [await dim.createUser({ name: 'a#1', seed: 'a#1' }), await person('Bob')];
  assert.equal(odd.id.name, 'a#1');
  const [a, b] = [await device(net, odd), await device(net, bob)];
  await pass(net, 10);
  const delivery = await a.send(TextContent.create('hello'), bob.id);
  await pass(net, 60);
  assert.equal(delivery.state, 'delivered');
  const since = net.log.length;
  await a.send(ArrayContent.create([TextContent.create('one'), TextContent.create('two')]), bob.id);
  await pass(net, 60);
  assert.deepEqual(await texts(b, odd), ['hello', 'one', 'two']);
  assert.equal(sentBy(net, bob.id, since).length, 1, 'one for both in an array');
  await a.close();
  await b.close();
});
