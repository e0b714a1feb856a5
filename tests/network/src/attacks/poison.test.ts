/** Found by attack: one receiver whom nobody can write to holds up others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ForwardContent, TextContent } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { device, dim, network, person, texts } from '../world.ts';
import { packed, pass } from './enemy.ts';

test('more lines than a client reads are told', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 1 });
  const [bob, mallory] = [await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await pass(net, 10);
  let refused = 0;
  b.on('refused', () => refused++);
  const good = await packed(net, mallory, bob, TextContent.create('the last line'));
  const lines = Array.from({ length: 10_000 }, () => '{}');
  await net.inject(Buffer.concat([encodeUtf8(lines.join('\n') + '\n'), good]), bob.id);
  await pass(net, 60);
  const read = await texts(b, mallory);
  assert.ok(read.length === 1 || refused > 10_000, `read ${read.length}, refused ${refused}`);
  await b.close();
});

test(
  'a message that is forwarded twice, and forwards within forwards, are read once, with no receipt',
  { timeout: 60_000 },
  async () => {
    const net = await network({ seed: 2 });
    const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
    const b = await device(net, bob);
    await pass(net, 10);
    const inner = dim.ReliableMessage.decode(await packed(net, alice, bob, TextContent.create('from Alice')));
    const middle = dim.ReliableMessage.decode(await packed(net, mallory, bob, ForwardContent.create([inner, inner])));
    await net.inject(await packed(net, mallory, bob, ForwardContent.create([middle, inner, middle])), bob.id);
    await net.inject(inner, bob.id);
    await pass(net, 120);
    assert.deepEqual(await texts(b, alice), ['from Alice']);
    assert.equal((await texts(b, mallory)).length, 0);
    await b.close();
  },
);

test("a stranger's own message sent back, or one to somebody else, is nobody's", { timeout: 60_000 }, async () => {
  const net = await network({ seed: 3 });
  const [bob, mallory] = [await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await pass(net, 10);
  const sent = dim.ReliableMessage.decode(await packed(net, bob, mallory, TextContent.create('to Mallory')));
  await net.inject(sent, bob.id);
  await net.inject(encodeUtf8(JSON.stringify({ ...sent.toMap(), receiver: bob.id.toString() })), bob.id);
  await pass(net, 60);
  assert.deepEqual(await texts(b, bob), []);
  assert.deepEqual(await texts(b, mallory), []);
  await b.close();
});
