/** People who do not read what they are sent: the memory of a station has a bound over all of them, and nothing is lost. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { TextContent } from 'dimp';
import { textOf } from 'dimp/extend';
import { silentLogger, systemClock, type Connection } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { listen, type Listener } from 'dimstation';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

const NAMES = Array.from({ length: 12 }, (_, index) => `P${index}`);
const MESSAGES = 12;
/** More of them than a window has room for. */
const WORDS = 'x'.repeat(30_000);

const connections: Connection[] = [];
let world: World;
let listener: Listener;

afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
  await listener.close({ graceSeconds: 0 });
  await world.stop();
});

async function come(name: string): Promise<RawClient> {
  const connection = await tcpTransport().connect(
    { host: '127.0.0.1', port: listener.port },
    { clock: systemClock, logger: silentLogger, signal: new AbortController().signal },
  );
  connections.push(connection);
  const client = await RawClient.open(dim, person(name), connection);
  for (const other of ['Alice', 'Bob', ...NAMES]) if (other !== name) await dim.addContact(client.store, person(other));
  return client.logIn();
}

test('who has the most waiting is ended, others go on, and all comes at the next login', async () => {
  world = await new World().start();
  const limits = { outgoingBytes: 1024 * 1024, payloadBytes: 128 * 1024 };
  listener = await listen({ accept: world.station.accept, host: '127.0.0.1', port: 0, clock: systemClock, limits });
  const [alice, bob] = [await come('Alice'), await come('Bob')];
  for (const name of NAMES) await come(name);
  strictEqual(world.station.users, NAMES.length + 2);
  for (const name of NAMES) {
    for (let index = 0; index < MESSAGES; index += 1)
      await alice.say(TextContent.create(`${index} ${WORDS}`), person(name).id);
    for (let count = 0; count < MESSAGES; count += 1) await alice.receipt();
  }
  await until(() => world.station.users < NAMES.length + 2);
  await alice.say(TextContent.create('still here'), bob.user.id);
  strictEqual((await bob.hear('text')).content.fields['text'], 'still here');
  // Each has a quarter of a mebibyte waiting, or nothing: there is room for four.
  ok(world.station.users <= 6, `${world.station.users} are still here`);
  // Each reads, and has all of it, in order.
  for (const name of NAMES) {
    const again = await come(name);
    const heard: string[] = [];
    while (heard.length < MESSAGES)
      heard.push(textOf((await again.hear('text')).content.fields, 'text').split(' ')[0] ?? '');
    deepStrictEqual(
      heard,
      Array.from({ length: MESSAGES }, (_, index) => `${index}`),
    );
    await again.connection.close();
  }
});
