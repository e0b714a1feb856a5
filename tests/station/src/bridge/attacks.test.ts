/** Neighbors that are none, and neighbors that lie. */
import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from 'dimsdk';
import { RawClient } from '../raw-client.ts';
import { dim, person } from '../world.ts';
import { Intruder, textFrom, type Envelope } from './intruder.ts';
import { Region, stationIdentity } from './region.ts';

/** Borough is trusted, and does not run: the test plays it. */
const PLAN = { Abbey: ['Borough'], Borough: [], Castle: [] };

async function playing(name: string): Promise<{ region: Region; intruder: Intruder }> {
  const region = await Region.of(PLAN);
  await region.stop('Borough');
  const intruder = await region.during(Intruder.enter(region, name, 'Abbey'));
  return { region, intruder };
}

async function end(region: Region, intruder: Intruder): Promise<void> {
  await intruder.close();
  await region.close();
}

function idOf(name: string): string {
  return person(name).id.toString();
}

test('a station that is not configured brings nothing of others', async () => {
  const { region, intruder } = await playing('Castle');
  await region.during(intruder.send(await textFrom('Bob', 'Alice', 'Hello')));
  strictEqual(await region.waiting('Abbey'), 0);
  await end(region, intruder);
});

test('a neighbor brings what others have written, once, however often it comes', async () => {
  const { region, intruder } = await playing('Borough');
  const text = await textFrom('Bob', 'Alice', 'Hello');
  for (let count = 0; count < 20; count += 1) await region.during(intruder.send({ ...text, rcpt: idOf('Alice') }));
  strictEqual(await region.waiting('Abbey'), 1);
  const alice = await region.client('Alice', 'Abbey');
  await region.pass(10);
  await region.during(intruder.send({ ...text, rcpt: idOf('Alice') }));
  await region.pass(10);
  deepStrictEqual(await region.read(alice, 'Bob'), ['Hello']);
  deepStrictEqual(await region.place('Abbey').engine.mailbox.usage(person('Alice').id.entityKey), []);
  await region.leave(alice);
  await end(region, intruder);
});

test('what a neighbor forges is refused', async () => {
  const { region, intruder } = await playing('Borough');
  const text = await textFrom('Bob', 'Alice', 'Hello');
  const other = await textFrom('Bob', 'Alice', 'Other');
  const forged: Readonly<Record<string, Envelope>> = {
    'turned to another': { ...text, rcpt: idOf('Carol') },
    'turned to a station': { ...text, rcpt: region.place('Castle').identity.id.toString() },
    'with a signature of another message': { ...text, signature: other['signature'] },
    'by another sender': { ...text, sender: idOf('Carol') },
    'through endless stations': { ...text, traces: Array.from({ length: 10_000 }, (_, index) => `s${index}@anywhere`) },
  };
  for (const [name, envelope] of Object.entries(forged)) {
    await region.during(intruder.send(envelope));
    strictEqual(await region.waiting('Abbey'), 0, name);
  }
  // Where it says that it has been here, it may have: what is for a user is taken all the same.
  const abbey = region.place('Abbey').identity.id.toString();
  await region.during(intruder.send({ ...text, traces: [{ did: abbey, time: 1 }] }));
  strictEqual(await region.waiting('Abbey'), 1);
  await end(region, intruder);
});

test('a message for everybody with endless recipients is refused', async () => {
  const { region, intruder } = await playing('Borough');
  const castle = await region.during(Intruder.enter(region, 'Castle', 'Abbey'));
  const text = await textFrom('Bob', 'Alice', 'Hello');
  const recipients = Array.from({ length: 10_000 }, (_, index) => `s${index}@anywhere`);
  await region.during(intruder.send({ ...text, receiver: 'everyone@everywhere', recipients }));
  await region.pass(10);
  deepStrictEqual(castle.heard, []);
  await castle.close();
  await end(region, intruder);
});

test('one who asks for many who are not there keeps neither others from asking, nor messages from being taken', async () => {
  const { region, intruder } = await playing('Borough');
  const come = async (name: string): Promise<RawClient> => {
    const connection = await region.net
      .from(name)
      .connect(
        { host: '127.0.0.1', port: region.place('Abbey').port },
        { clock: region.clock, logger: silentLogger, signal: new AbortController().signal },
      );
    const client = await RawClient.open(dim, person(name), connection);
    await region.during(client.logIn());
    return client;
  };
  let asked = 0;
  const askFor = async (client: RawClient, did: string): Promise<void> => {
    const query = { type: '136', sn: ++asked, time: region.clock.now(), command: 'meta', did };
    await client.say(dim.Content.parse(query), client.station);
  };
  const questions = (): number => intruder.heard.filter(({ receiver }) => receiver === 'stations@everywhere').length;
  const mallory = await come('Mallory');
  for (let index = 0; index < 200; index++)
    await region.during(askFor(mallory, `u${index}@25zCMFyKHNPwHMnRbCAdzo1v4oVoxYFwyn`));
  await region.clock.settled();
  // For a meta, and for documents.
  strictEqual(questions(), 2 * 64);
  const alice = await come('Alice');
  await region.during(askFor(alice, idOf('Carol')));
  await region.clock.settled();
  strictEqual(questions(), 2 * 65);
  const sent = intruder.send(await textFrom('Bob', 'Alice', 'Hello', false));
  await region.clock.settled();
  strictEqual(questions(), 2 * 66);
  await region.clock.until(sent);
  // Some minutes later, whoever has asked may ask again.
  await region.pass(10 * 60);
  await region.during(askFor(alice, idOf('Carol')));
  await region.clock.settled();
  strictEqual(questions(), 2 * 67);
  await mallory.connection.close();
  await alice.connection.close();
  await end(region, intruder);
});

test('a flood of senders whom nobody knows is bounded, and others get through', async () => {
  const { region, intruder } = await playing('Borough');
  const text = await textFrom('Bob', 'Alice', 'Hello', false);
  const sends: Promise<void>[] = [];
  for (let index = 0; index < 300; index += 1)
    sends.push(intruder.send({ ...text, sender: idOf(`P${index % 20}`), time: index }));
  await region.during(intruder.send(await textFrom('Carol', 'Alice', 'Me too')));
  strictEqual(await region.waiting('Abbey'), 1);
  // Each of them was asked for once: for a meta, and for documents.
  const questions = intruder.heard.filter(({ receiver }) => receiver === 'stations@everywhere');
  strictEqual(questions.length, 40);
  // Nobody tells: nothing becomes of them, and the neighbor need not keep them.
  await region.clock.until(Promise.all(sends));
  strictEqual(await region.waiting('Abbey'), 1);
  await end(region, intruder);
});

test('what waits for its sender is taken when that one is known', async () => {
  const { region, intruder } = await playing('Borough');
  let isTaken = false;
  const sent = intruder.send(await textFrom('Bob', 'Alice', 'One', false)).then(() => {
    isTaken = true;
    return isTaken;
  });
  await region.pass(20);
  strictEqual(isTaken, false);
  strictEqual(await region.waiting('Abbey'), 0);
  // The next one shows who it is.
  await region.during(intruder.send(await textFrom('Bob', 'Alice', 'Two')));
  await region.clock.until(sent);
  strictEqual(await region.waiting('Abbey'), 2);
  await end(region, intruder);
});

test('a station that is not the one of this address is told nothing', async () => {
  const region = await Region.of({ Abbey: ['Borough'], Borough: [], Castle: [] });
  await region.stop('Borough');
  region.net.listen(region.place('Borough').port, 'Castle', region.station('Castle').accept);
  const alice = await region.client('Alice', 'Abbey');
  await region.pass(60);
  const abbey = region.place('Abbey').identity.id.toString();
  const told = region.messages('Abbey', 'Castle');
  strictEqual(told.length > 0, true);
  deepStrictEqual(
    told.filter(({ sender, receiver }) => sender !== abbey || receiver !== 'station@anywhere'),
    [],
  );
  await region.leave(alice);
  await region.close();
});

test('answers of the neighbor that somebody has recorded let nobody in', async () => {
  const isRefused = (from: string): boolean => from === 'Borough';
  const region = await Region.of({ Abbey: ['Borough'], Borough: ['Abbey'] }, { isRefused });
  const { port } = region.place('Borough');
  const recorded = region.net.sent.filter(({ from, to }) => from === 'Borough' && to === 'Abbey');
  strictEqual(recorded.length, 2);
  await region.stop('Borough');
  region.net.listen(port, 'Recorder', (link) => {
    let next = 0;
    return {
      receive: (_, acknowledge) => {
        acknowledge();
        const one = recorded[next++];
        if (one !== undefined) link.send({ bytes: one.bytes, signature: '' });
      },
      drained: () => undefined,
      ended: () => undefined,
    };
  });
  const alice = await region.client('Alice', 'Abbey');
  await region.pass(60);
  const receivers = new Set(region.messages('Abbey', 'Recorder').map(({ receiver }) => receiver));
  deepStrictEqual([...receivers], ['station@anywhere']);
  await region.leave(alice);
  await region.close();
});

test('a station that cannot say who it is does not come in', async () => {
  const region = await Region.of(PLAN);
  await stationIdentity('Borough');
  await rejects(
    region.during(
      (async () => {
        const intruder = await Intruder.enter(region, 'Borough', 'Castle');
        await intruder.send({ sender: 'nobody' });
        for (let count = 0; count < 300; count += 1) await intruder.send({ sender: 'nobody', count });
      })(),
    ),
  );
  await region.close();
});
