/**
 * A station is killed at any moment, again and again, while people write: what it has acknowledged arrives, and nobody reads
 * anything twice. `DIM_KILLS` says how often; `DIM_SEED` tells it another story.
 */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { TextContent } from 'dimp';
import { MemoryClientStore, type Delivery } from 'dimsdk';
import { tcpTransport, webSocketTransport } from 'dimsdk/node';
import { byForm, seedOfStory } from 'network/form';
import { StationProcess } from '../station-process.ts';
import { person, texts, World, type TestClient } from '../world.ts';
import { below, chance } from 'network/chance';

const KILLS = Number(process.env['DIM_KILLS'] ?? byForm(2, 4, 100));
const SEED = seedOfStory();

/** Texts that go out between two kills, of each of two people. */
const TEXTS = 12;

const folder = mkdtempSync(join(tmpdir(), 'dimstation-killed-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test(`a station that is killed ${KILLS} times loses nothing that it has acknowledged`, async (context) => {
  context.diagnostic(`DIM_SEED=${SEED} DIM_KILLS=${KILLS}`);
  const numbers = chance(SEED, 'station');
  const station = await new StationProcess('station', join(folder, 'station.db')).start();
  after(async () => station.kill());
  const world = new World();
  const stations = [{ host: '127.0.0.1', port: station.port, id: world.identity.id }];
  const pauses = { first: 0.02, longest: 0.1 };
  const bobsStore = new MemoryClientStore();
  const alice = await world.device('Alice', { transport: tcpTransport(), stations, pauses });
  const carol = await world.device('Carol', { transport: webSocketTransport(), stations, pauses });
  let bob = await world.device('Bob', { transport: tcpTransport(), stations, pauses, store: bobsStore });
  const sent = new Map<TestClient, string[]>([
    [alice, []],
    [carol, []],
  ]);
  const deliveries: Delivery[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    for (let count = 0; count < TEXTS; count++) {
      for (const [client, own] of sent) {
        own.push(`${kill} ${count}`);
        deliveries.push(await client.send(TextContent.create(`${kill} ${count}`), bob.self));
      }
    }
    // Some wait for Bob, who is away now and then.
    if (below(numbers, 3) === 0) {
      await bob.close();
      bob = await world.device('Bob', { transport: tcpTransport(), stations, pauses, store: bobsStore });
    }
    const [one] = deliveries.slice(-1 - below(numbers, TEXTS));
    if (below(numbers, 2) === 0) await one?.until('sent');
    await setTimeout(below(numbers, 60));
    await station.kill();
    await station.start();
  }
  for (const delivery of deliveries) await delivery.until('sent');
  // What is behind all of it arrives last.
  for (const client of sent.keys()) {
    const last = await client.send(TextContent.create('last'), bob.self);
    await last.until('sent');
  }
  await hasAll(bob, ['Alice', 'Carol']);
  for (const [client, own] of sent) {
    const name = client === alice ? 'Alice' : 'Carol';
    const read = await texts(bob, person(name));
    deepStrictEqual([...read].sort(), [...own, 'last'].sort(), name);
  }
  ok(deliveries.length === 2 * TEXTS * KILLS);
  await Promise.all([alice.close(), bob.close(), carol.close()]);
  await station.kill();
});

/** Waits until the last text of each has been read. Of one sender they come in order. */
async function hasAll(client: TestClient, names: readonly string[]): Promise<void> {
  for (const name of names) {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        const stop = client.on('received', 'text', () => {
          stop();
          resolve();
        });
      });
      if ((await texts(client, person(name))).includes('last')) break;
      await next;
    }
  }
}
