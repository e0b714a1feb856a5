/** Deliveries that nobody has in hand any more, while somebody waits for what they say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TextContent } from 'dimp';
import type { DeliveryState } from 'dimsdk';
import { clockOf, device, network, person } from '../world.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('whoever waits for a delivery is told, also after the garbage was collected', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  net.offline();
  const [a, b] = [await device(net, alice), await device(net, bob)];
  const states: DeliveryState[] = [];
  const [waits, iterates] = await (async () => {
    const one = await a.send(TextContent.create('one'), bob.id);
    const other = await a.send(TextContent.create('two'), bob.id);
    return [
      (async () => one.until('delivered'))(),
      (async () => {
        for await (const state of other) states.push(state);
      })(),
    ];
  })();
  await clockOf(net).advance(1);
  collectGarbage();
  net.online();
  await clockOf(net).until(Promise.all([waits, iterates]));
  assert.equal(states.at(-1), 'delivered');
  await Promise.all([a.close(), b.close()]);
});
