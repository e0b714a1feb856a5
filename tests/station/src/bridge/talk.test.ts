/** People at two stations who talk: at once, later, and while connections are lost. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { dim, person, type TestClient } from '../world.ts';
import type { Cut } from './net.ts';
import { Region } from './region.ts';
import { byForm } from 'network/form';

const BOTH = { Abbey: ['Borough'], Borough: ['Abbey'] };

async function say(client: TestClient, to: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await client.send(TextContent.create(text), person(to).id);
}

function idOf(name: string): string {
  return person(name).id.toString();
}

/** Who reaches whom: both stations each other, or one of them alone the other. */
const WAYS: Readonly<Record<string, (from: string, to: string) => boolean>> = {
  'both connect': () => false,
  'the first connects': (from, to) => from === 'Borough' && to === 'Abbey',
  'the second connects': (from, to) => from === 'Abbey' && to === 'Borough',
};

for (const [name, isRefused] of Object.entries(WAYS)) {
  test(`texts each way, and each is told of once: ${name}`, async () => {
    const region = await Region.of(BOTH, { isRefused });
    const alice = await region.client('Alice', 'Abbey');
    const bob = await region.client('Bob', 'Borough');
    await say(alice, 'Bob', 'One', 'Two');
    await region.pass(30);
    deepStrictEqual(await region.read(bob, 'Alice'), ['One', 'Two']);
    await say(bob, 'Alice', 'Three');
    const delivery = await alice.send(TextContent.create('Four'), bob.self);
    await region.clock.until(delivery.until('delivered'));
    await region.pass(30);
    deepStrictEqual(await region.read(alice, 'Bob'), ['One', 'Two', 'Three', 'Four']);
    // Each went over one connection, once.
    const alices = region.messages('Abbey', 'Borough').filter(({ sender }) => sender === idOf('Alice'));
    strictEqual(new Set(alices.map(({ signature }) => signature)).size, alices.length);
    // One receipt a message goes back, and none for what comes without being asked.
    const told = { Alice: 3, Bob: 1 };
    for (const [user, count] of Object.entries(told)) {
      const [home, other] = user === 'Alice' ? ['Abbey', 'Borough'] : ['Borough', 'Abbey'];
      const receipts = region.messages(other, home).filter(({ receiver }) => receiver.startsWith(idOf(user)));
      const fromStation = receipts.filter(({ sender }) => sender === region.place(other).identity.id.toString());
      strictEqual(fromStation.length <= count, true, `${user} was told ${fromStation.length} times`);
      strictEqual(fromStation.length > 0, true, `${user} was not told`);
    }
    strictEqual(await region.waiting('Abbey'), 0);
    strictEqual(await region.waiting('Borough'), 0);
    await region.leave(alice, bob);
    await region.close();
  });
}

test('what comes from another station waits for who is away, over a restart of both', async () => {
  const region = await Region.of(BOTH);
  const alice = await region.client('Alice', 'Abbey');
  const store = new MemoryClientStore();
  const here = await region.client('Bob', 'Borough', store);
  await say(alice, 'Bob', 'Zero');
  await region.pass(30);
  await region.leave(here);
  const sent = Array.from({ length: 40 }, (_, index) => `Message ${index}`);
  await say(alice, 'Bob', ...sent.slice(0, 20));
  await region.pass(30);
  strictEqual(await region.waiting('Borough'), 20);
  await region.stop('Borough');
  await say(alice, 'Bob', ...sent.slice(20));
  await region.pass(30);
  // They wait at home.
  strictEqual(await region.waiting('Abbey'), 20);
  await region.stop('Abbey');
  await region.start('Borough');
  await region.start('Abbey');
  await region.pass(200);
  strictEqual(await region.waiting('Abbey'), 0);
  const bob = await region.client('Bob', 'Borough', store);
  await region.pass(30);
  deepStrictEqual(await region.read(bob, 'Alice'), ['Zero', ...sent]);
  await region.leave(alice, bob);
  await region.close();
});

test('what is for two devices goes to the station where both are, and to both', async () => {
  const region = await Region.of(BOTH);
  const alice = await region.client('Alice', 'Abbey');
  const devices = await Promise.all(
    ['phone', 'desk'].map(async (terminal) => {
      const user = await dim.createDevice({ user: person('Carol'), terminal });
      return { user, terminal, store: new MemoryClientStore() };
    }),
  );
  const meet = async (at: string): Promise<readonly TestClient[]> => {
    const clients: TestClient[] = [];
    for (const { store, ...device } of devices) clients.push(await region.client('Carol', at, store, device));
    await region.pass(20);
    return clients;
  };
  await region.leave(...(await meet('Abbey')));
  await say(alice, 'Carol', 'One');
  await region.pass(20);
  const clients = await meet('Borough');
  await say(alice, 'Carol', 'Two');
  await region.pass(20);
  for (const client of clients) deepStrictEqual(await region.read(client, 'Alice'), ['One', 'Two']);
  // Her first device, which has no terminal, has not come there.
  const left = await region.place('Abbey').engine.mailbox.usage(person('Carol').id.entityKey);
  deepStrictEqual([...new Set(left.map(({ terminal }) => terminal))], ['']);
  await region.leave(alice, ...clients);
  await region.close();
});

const CUTS: readonly Cut[] = byForm<readonly Cut[]>([], ['before', 'behind', 'unheard']);

for (const cut of CUTS) {
  test(`the connection between the stations is cut at every message, ${cut}`, async () => {
    let isOver = false;
    for (let at = 0; !isOver; at += 1) {
      const region = await Region.of(BOTH);
      const alice = await region.client('Alice', 'Abbey');
      const bob = await region.client('Bob', 'Borough');
      await say(alice, 'Bob', 'Hello');
      await region.pass(30);
      deepStrictEqual(await region.read(bob, 'Alice'), ['Hello']);
      let count = 0;
      region.net.fault = ({ from, to }) => {
        const isBetween = [from, to].every((name) => name in BOTH);
        return isBetween && count++ === at ? cut : undefined;
      };
      await say(alice, 'Bob', 'One', 'Two');
      await region.pass(5);
      await say(alice, 'Bob', 'Three');
      await region.pass(60);
      deepStrictEqual(await region.read(bob, 'Alice'), ['Hello', 'One', 'Two', 'Three'], `cut ${at}`);
      strictEqual(await region.waiting('Abbey'), 0);
      strictEqual(await region.waiting('Borough'), 0);
      isOver = count <= at;
      await region.leave(alice, bob);
      await region.close();
    }
  });
}
