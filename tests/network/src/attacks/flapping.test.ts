/** Found by attack: a station that lets in, and ends each session at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { clockOf, device, network, person } from '../world.ts';
import { pass } from './enemy.ts';

test('pauses grow where a station lets in and ends the session at once', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 1 });
  const alice = await person('Alice');
  const a = await device(net, alice);
  let sessions = 0;
  a.on('connection', ({ is }) => {
    if (is !== 'online') return;
    sessions++;
    void net.cut(alice.id);
  });
  await pass(net, 600, 300);
  // From one second to two minutes: about seven until the longest one, and some of those.
  assert.ok(sessions >= 5 && sessions <= 20, `${sessions} sessions in 600 s`);
  await a.close();
});

test('after a session that lived, or that took something, the next one begins soon', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  let isFlapping = true;
  a.on('connection', ({ is }) => {
    if (is === 'online' && isFlapping) void net.cut(alice.id);
  });
  await pass(net, 100, 50);
  isFlapping = false;
  a.goOnline();
  await pass(net, 90, 45);
  assert.equal(a.connection.is, 'online');
  await net.cut(alice.id);
  await pass(net, 5, 5);
  assert.equal(a.connection.is, 'online', 'after a long session');
  for (let round = 0; round < 5; round++) {
    const delivery = await a.send(TextContent.create('hello'), bob.id);
    await clockOf(net).until(delivery.until('delivered'));
    await net.cut(alice.id);
    await pass(net, 5, 5);
    assert.equal(a.connection.is, 'online', 'after a session that took something');
  }
  await a.close();
  await b.close();
});
