/** Writing to somebody for whom so much waits that the station takes no more: who wrote is told. */
import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent, type User } from 'dimp';
import { MemoryClientStore, type Delivery, type DeliveryState } from 'dimsdk';
import { memoryEngine, type PostingOutcome } from 'dimstation';
import { dim, heard, online, person, texts, until, World, type TestClient } from '../world.ts';

const MOST = 8;

/** Writes until the station takes no more. @returns what it took, and what it did not */
async function fill(
  client: TestClient,
  user: User,
): Promise<{ readonly taken: Delivery[]; readonly refused: Delivery }> {
  const taken: Delivery[] = [];
  for (let count = 0; count <= MOST; count++) {
    const delivery = await client.send(TextContent.create(`${count}`), user.id);
    await until(() => delivery.state === 'failed' || isStored(client, delivery));
    if (delivery.state === 'failed') return { taken, refused: delivery };
    taken.push(delivery);
  }
  throw new Error('it was never full');
}

/** Whether the station has said that it keeps it. */
function isStored(client: TestClient, { id }: Delivery): boolean {
  const parcels = stores.get(client)?.rows('parcel', 'stored', { limit: 1000 });
  return parcels?.some(({ value }) => value['delivery'] === id) === true;
}

const stores = new WeakMap<TestClient, MemoryClientStore>();

async function alice(world: World, store = new MemoryClientStore()): Promise<TestClient> {
  for (const name of ['Bob', 'Carol']) await dim.addContact(store, person(name));
  const client = await world.device('Alice', { store });
  stores.set(client, store);
  await online(client);
  return client;
}

test('what a full mailbox did not take has failed, and goes through once some of it is fetched', async () => {
  const world = await new World({ limits: { mailboxMessages: MOST, mailboxStrangersPercent: 100 } }).start();
  const store = new MemoryClientStore();
  const a = await alice(world, store);
  const { taken, refused } = await fill(a, person('Bob'));
  strictEqual(refused.error?.code, 'DELIVERY_FULL');
  await rejects(refused.until('delivered'), { code: 'DELIVERY_FULL', message: /try again later/ });
  deepStrictEqual(refused.counts, { recipients: 1, sent: 0, delivered: 0 });
  for (const delivery of taken) strictEqual(delivery.state, 'sent');
  const toCarol = await a.send(TextContent.create('not full'), person('Carol').id);
  await until(() => isStored(a, toCarol));
  // It is so after a restart too.
  await a.close();
  const again = await alice(world, store);
  strictEqual((await again.delivery(refused.id))?.error?.code, 'DELIVERY_FULL');
  const b = await world.device('Bob');
  await online(b);
  await until(async () => (await texts(b, person('Alice'))).length === taken.length);
  // What is for Carol stays. Receipts are messages too, and want room.
  await until(async () => (await again.deliveries()).length === 1);
  const waiting = async (name: string) => world.engine.mailbox.usage(person(name).id.entityKey);
  await until(async () => (await waiting('Alice')).length + (await waiting('Bob')).length === 0);
  const more = await again.send(TextContent.create('more'), person('Bob').id);
  await more.until('delivered');
  await Promise.all([again.close(), b.close()]);
  await world.stop();
});

test('a delivery that fails tells so behind `sent`, and its states end there', async () => {
  const world = await new World({ limits: { mailboxMessages: MOST, mailboxStrangersPercent: 100 } }).start();
  const a = await alice(world);
  await fill(a, person('Bob'));
  const delivery = await a.send(TextContent.create('one more'), person('Bob').id);
  const states: DeliveryState[] = [];
  for await (const state of delivery) states.push(state);
  strictEqual(states.at(-1), 'failed');
  deepStrictEqual(await a.deliveries().then((all) => all.some(({ id }) => id === delivery.id)), false);
  await a.close();
  await world.stop();
});

test('in a group it fails for the member whose mailbox is full, and the others get it', async () => {
  const world = await new World({ limits: { mailboxMessages: MOST, mailboxStrangersPercent: 100 } }).start();
  const a = await alice(world);
  const [b, c] = [await world.device('Bob'), await world.device('Carol')];
  await Promise.all([online(b), online(c)]);
  const { group } = await a.groups.found({ name: 'Three', members: [b.self, c.self] });
  const first = await a.send(TextContent.create('first'), group);
  await first.until('delivered');
  await b.close();
  await until(() => world.station.sessions().length === 2);
  await fill(a, person('Bob'));
  const hasHeard = heard(c, 1);
  const delivery = await a.send(TextContent.create('second'), group);
  await hasHeard;
  await until(() => delivery.state === 'failed' && delivery.counts.delivered === 1);
  strictEqual(delivery.error?.code, 'DELIVERY_FULL');
  deepStrictEqual(delivery.counts, { recipients: 2, sent: 1, delivered: 1 });
  await Promise.all([a.close(), c.close()]);
  await world.stop();
});

/** Somebody who writes to Bob, who has two devices and is away. */
async function writerToDevices(world: World): Promise<TestClient> {
  const devices = Object.values(await world.withDevices('Bob', ['phone', 'desk']));
  for (const user of devices) {
    const client = await world.device('Bob', { user });
    await online(client);
    await client.close();
  }
  const store = new MemoryClientStore();
  for (const user of devices) await dim.addContact(store, user);
  return alice(world, store);
}

async function outcome(client: TestClient, text: string): Promise<DeliveryState> {
  const delivery = await client.send(TextContent.create(text), person('Bob').id);
  await until(() => delivery.state === 'failed' || isStored(client, delivery));
  return delivery.state;
}

test('what one device gets has not failed, though there was no room for it at another one', async () => {
  // Three boxes: one is for a visa without a terminal. At last there is room in one of them.
  const limits = { mailboxMessages: 4, mailboxStrangersPercent: 100, mailboxSenderPercent: 10_000 };
  const world = await new World({ limits }).start();
  const client = await writerToDevices(world);
  const states = [];
  for (const text of ['for all', 'for one', 'for none']) states.push(await outcome(client, text));
  deepStrictEqual(states, ['sent', 'sent', 'failed']);
  await client.close();
  await world.stop();
});

test('that it waits for one device is told before there is no room for it at another one', async () => {
  const engine = memoryEngine();
  // As where it has come again: what was fetched at one device has no room now, and at the other one it still waits.
  const mailbox = new Proxy(engine.mailbox, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        const given: unknown = await (value as (...all: unknown[]) => unknown).apply(target, args);
        if (name !== 'append') return given;
        const outcomes = given as readonly (readonly PostingOutcome[])[];
        return outcomes.map((boxes) => boxes.map((box, index) => (index < boxes.length - 1 ? { is: 'full' } : box)));
      };
    },
  });
  const world = await new World({ engine: { ...engine, close: async () => engine.close(), mailbox } }).start();
  const client = await writerToDevices(world);
  strictEqual(await outcome(client, 'for the last one'), 'sent');
  await client.close();
  await world.stop();
});
