/** A flood of connections that say nothing, garbage and no end: people go on talking, and the memory does not grow with it. */
import { ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { silentLogger, systemClock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { listen } from 'dimstation';
import { chance } from 'network/chance';
import { Crowd, endless, halfOpen } from '../crowd.ts';
import { RawClient } from '../raw-client.ts';
import { dim, person, World } from '../world.ts';

/** Messages: with each, some of the flood go and others come. */
const TURNS = 40;
const MOST_MEMORY = 192 * 1024 * 1024;

test('messages of others arrive while it goes on', async (t) => {
  const seed = Date.now() % 1_000_000;
  t.diagnostic(`seed ${seed}`);
  const numbers = chance(seed, 'flood');
  const world = await new World().start();
  const limits = { connections: 300, connectionsPerAddress: 300 };
  const { accept } = world.station;
  const listener = await listen({ accept, host: '127.0.0.1', port: 0, clock: systemClock, limits });
  const come = async (name: string, other: string): Promise<RawClient> => {
    const address = { host: '127.0.0.1', port: listener.port };
    const how = { clock: systemClock, logger: silentLogger, signal: new AbortController().signal };
    const client = await RawClient.open(dim, person(name), await tcpTransport().connect(address, how));
    await dim.addContact(client.store, person(other));
    return client.logIn();
  };
  const [alice, bob] = [await come('Alice', 'Bob'), await come('Bob', 'Alice')];
  // More than the listener takes.
  const silent = new Crowd(listener.port, 400, () => halfOpen(numbers));
  const loud = new Crowd(listener.port, 100, () => endless(numbers));
  const before = process.memoryUsage.rss();
  for (let turn = 0; turn < TURNS; turn += 1) {
    silent.leave(20);
    silent.fill();
    loud.goOn(numbers);
    loud.fill();
    await alice.say(TextContent.create(`${turn}`), bob.user.id);
    strictEqual((await bob.hear('text')).content.fields['text'], `${turn}`);
    strictEqual(await alice.receipt(), 'Message delivered.');
    ok(listener.connections <= limits.connections);
  }
  ok(process.memoryUsage.rss() - before < MOST_MEMORY);
  silent.leave(Infinity);
  loud.leave(Infinity);
  for (const { connection } of [alice, bob]) await connection.close();
  await listener.close({ graceSeconds: 0 });
  await world.stop();
});
