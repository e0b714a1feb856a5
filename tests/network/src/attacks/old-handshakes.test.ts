/** Found by attack: handshakes of the station that waited for the clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandshakeCommand, MemoryStore } from 'dimp';
import { STATION } from '../people.ts';
import { device, dim, network, person } from '../world.ts';
import { pass } from './enemy.ts';

/** Longer than a clock may be ahead. */
const AHEAD = 26 * 60 * 60;

test('a handshake that waited on the disk is none of this session', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 1 });
  const [alice, station] = [await person('Alice'), await person(STATION)];
  const a = await device(net, alice);
  await pass(net, 10, 5);
  const states: string[] = [];
  a.on('connection', ({ is }) => states.push(is));
  const store = new MemoryStore();
  await dim.addUser(store, station);
  await dim.addContact(store, alice);
  const time = net.clock.now() + AHEAD;
  const messenger = dim.messenger({ self: station.id, store, clock: () => time });
  for (let index = 0; index < 10; index++) {
    const ask = HandshakeCommand.ask(`old ${index}`, { time });
    await net.inject(await messenger.pack(ask, alice.id, { introduce: false, time }), alice.id);
  }
  await pass(net, 10, 5);
  assert.deepEqual(states, []);
  // By then their time has come.
  await pass(net, AHEAD, 100);
  assert.deepEqual(states, []);
  assert.equal(a.connection.is, 'online');
  await a.close();
});
