/** Browsers that give no `ACK`, as web clients of the deployed network: what they have is known, and what was lost comes again. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { TextContent } from 'dimp';
import { silentLogger, systemClock } from 'dimsdk';
import { webSocketTransport } from 'dimsdk/node';
import { listen, type Counted, type Listener } from 'dimstation';
import { TestClock } from 'dimtestkit/network';
import { WebSocket } from 'ws';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

/** A tab of a browser: what it has opened can be looked at. */
interface Tab {
  readonly client: RawClient;
  readonly socket: WebSocket;
}

const counts = new Map<Counted, number>();
const meter = { add: (what: Counted, count = 1) => void counts.set(what, (counts.get(what) ?? 0) + count) };
const clock = new TestClock();
const opened: WebSocket[] = [];
let world: World;
let listener: Listener;

async function start(): Promise<void> {
  counts.clear();
  world = await new World({ meter }).start();
  listener = await listen({ accept: world.station.accept, host: '127.0.0.1', port: 0, clock });
}

afterEach(async () => {
  for (const socket of opened.splice(0)) socket.terminate();
  await listener.close({ graceSeconds: 0 });
  await world.stop();
});

async function open(name: string): Promise<Tab> {
  class Noted extends WebSocket {
    constructor(url: string) {
      super(url);
      opened.push(this);
    }
  }
  const connection = await webSocketTransport({ WebSocket: Noted }).connect(
    { host: '127.0.0.1', port: listener.port },
    { clock: systemClock, logger: silentLogger, signal: new AbortController().signal },
  );
  const client = await RawClient.open(dim, person(name), connection);
  client.acknowledges = false;
  for (const other of ['Alice', 'Bob']) if (other !== name) await dim.addContact(client.store, person(other));
  const socket = opened.at(-1);
  if (socket === undefined) throw new Error('no WebSocket was opened');
  return { client: await client.logIn(), socket };
}

/** Turns the time on until something is so: each second all links are looked at. */
async function meanwhile(isSo: () => Promise<boolean>): Promise<void> {
  await until(async () => {
    await clock.advance(1);
    return isSo();
  });
}

const waiting = async (): Promise<number> => (await world.engine.mailbox.total()).messages;
const text = async ({ client }: Tab): Promise<unknown> => (await client.hear('text')).content.fields['text'];

test('what a browser has received is removed by its pong', async () => {
  await start();
  const [alice, bob] = [await open('Alice'), await open('Bob')];
  for (const words of ['1', '2', '3']) await alice.client.say(TextContent.create(words), person('Bob').id);
  deepStrictEqual([await text(bob), await text(bob), await text(bob)], ['1', '2', '3']);
  await meanwhile(async () => (await waiting()) === 0);
});

test('what was written and lost with the connection comes again, whatever was heard in the meantime', async () => {
  await start();
  const alice = await open('Alice');
  const bob = await open('Bob');
  // It reads nothing any more, and writes.
  bob.socket.pause();
  const words = ['1', '2', '3'];
  for (const each of words) await alice.client.say(TextContent.create(each), person('Bob').id);
  await until(() => (counts.get('delivered') ?? 0) >= words.length);
  const before = counts.get('payloads') ?? 0;
  for (let count = 0; count < 5; count += 1) {
    bob.socket.send('PING');
    await clock.advance(1);
  }
  bob.socket.send(await bob.client.pack(TextContent.create('still here'), person('Alice').id));
  await until(() => (counts.get('payloads') ?? 0) > before);
  await clock.advance(1);
  const usage = await world.engine.mailbox.usage(person('Bob').id.entityKey);
  strictEqual(usage[0]?.messages, words.length);
  bob.socket.terminate();
  const again = await open('Bob');
  deepStrictEqual([await text(again), await text(again), await text(again)], words);
});
