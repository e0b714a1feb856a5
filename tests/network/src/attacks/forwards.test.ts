/** Found by attack: what one brings in a message takes with it what others bring. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ForwardContent, TextContent, type User } from 'dimp';
import type { TestNetwork } from 'dimtestkit/network';
import { device, dim, network, person, texts, until, type TestClient } from '../world.ts';
import { packed, pass } from './enemy.ts';

/** A message by somebody, so many times: but for the first one, each is a replay. */
async function copies(
  net: TestNetwork,
  from: User,
  to: User,
  text: string,
  count: number,
): Promise<ReturnType<typeof dim.ReliableMessage.decode>[]> {
  const one = dim.ReliableMessage.decode(await packed(net, from, to, TextContent.create(text)));
  return Array.from({ length: count }, () => one);
}

/** Whose messages are refused from now on, and why. */
function refusalsAt(client: TestClient): readonly string[] {
  const refused: string[] = [];
  client.on('refused', ({ sender, error }) => void refused.push(`${sender?.toString()} ${error.code}`));
  return refused;
}

test("a stranger's forward takes no one else's with it", { timeout: 60_000 }, async () => {
  const net = await network({ seed: 1 });
  const [alice, bob, carol] = [await person('Alice'), await person('Bob'), await person('Carol')];
  const mallory = await person('Mallory');
  const b = await device(net, bob);
  await pass(net, 10);
  const refused = refusalsAt(b);
  const junk = await copies(net, mallory, bob, 'junk', 1001);
  // The first one keeps the client at work, so that the others come in one batch.
  const busy = await packed(net, mallory, bob, ForwardContent.create(junk.slice(0, 900)));
  const bad = await packed(net, mallory, bob, ForwardContent.create(junk));
  const worse = await packed(net, mallory, bob, ForwardContent.create(junk));
  const good = await packed(net, alice, bob, ForwardContent.create(await copies(net, carol, bob, 'handed on', 1)));
  await Promise.all([busy, bad, worse, good].map(async (bytes) => net.inject(bytes, bob.id)));
  await until(net, async () => (await texts(b, carol)).length > 0, 'what the other one handed on is read');
  await pass(net, 60);
  assert.deepEqual(await texts(b, carol), ['handed on']);
  assert.deepEqual(new Set(refused), new Set([`${mallory.id.toString()} INPUT_LIMIT`]), 'told of whoever brought them');
  assert.ok(refused.length <= 2, `once for each batch: ${refused.length}`);
  await b.close();
});

test('the histories that two hand on at a time are both read', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 2 });
  const [alice, bob, carol] = [await person('Alice'), await person('Bob'), await person('Carol')];
  const mallory = await person('Mallory');
  const b = await device(net, bob);
  await pass(net, 10);
  const refused = refusalsAt(b);
  const first = [...(await copies(net, carol, bob, 'one', 599)), ...(await copies(net, carol, bob, 'two', 1))];
  const second = [...(await copies(net, carol, bob, 'three', 599)), ...(await copies(net, carol, bob, 'four', 1))];
  const histories = [
    await packed(net, mallory, bob, ForwardContent.create(first.slice(0, 1))),
    await packed(net, alice, bob, ForwardContent.create(first)),
    await packed(net, mallory, bob, ForwardContent.create(second)),
  ];
  await Promise.all(histories.map(async (bytes) => net.inject(bytes, bob.id)));
  await until(net, async () => (await texts(b, carol)).length === 4, 'both histories are read');
  assert.deepEqual([...(await texts(b, carol))].sort(), ['four', 'one', 'three', 'two']);
  assert.deepEqual(refused, []);
  await b.close();
});
