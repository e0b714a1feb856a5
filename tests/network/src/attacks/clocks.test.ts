/** Found by attack: a clock that is set wrongly while the client is online. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { device, network, person, texts } from '../world.ts';
import { pass } from './enemy.ts';

const DAY = 24 * 3600;
const COUNT = 80;

for (const [name, shift] of [
  ['forty days fast', 40 * DAY],
  ['forty days slow', -40 * DAY],
] as const)
  test(`what comes while the clock is ${name} is read once it is right`, { timeout: 120_000 }, async () => {
    const net = await network({ seed: 1 });
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    let offset = 0;
    const clock = {
      now: () => net.clock.now() + offset,
      wait: async (seconds: number, signal?: AbortSignal) => net.clock.wait(seconds, signal),
    };
    const [a, b] = [await device(net, alice), await device(net, bob, { clock })];
    const refused = new Map<string, number>();
    b.on('refused', ({ error }) => refused.set(error.code, (refused.get(error.code) ?? 0) + 1));
    await pass(net, 10);
    offset = shift;
    for (let index = 0; index < COUNT; index++) await a.send(TextContent.create(String(index)), bob.id);
    await pass(net, 600, 50);
    offset = 0;
    await b.goOffline();
    b.goOnline();
    await pass(net, 7200, 100);
    const read = (await texts(b, alice)).length;
    assert.equal(read, COUNT, `read ${read}, refused ${JSON.stringify([...refused])}`);
    await a.close();
    await b.close();
  });
