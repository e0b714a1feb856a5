/** The operator keeps somebody out, also after the station was started again. */
import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { HandshakeCommand, isDimError, TextContent } from 'dimp';
import { textOf } from 'dimp/extend';
import { RawClient } from '../raw-client.ts';
import { dim, online, person, until, World } from '../world.ts';

test('who is blocked is not let in, and not heard, until that is taken back', async () => {
  const world = await new World().start();
  const come = async (name: string): Promise<RawClient> =>
    (await RawClient.open(dim, person(name), await world.network.connect())).logIn();
  const mallory = await come('Mallory');
  await dim.addContact(mallory.store, person('Bob'));
  const written = await mallory.pack(TextContent.create('hello'), person('Bob').id);
  deepStrictEqual(
    [await world.station.block(mallory.user.id), await world.station.block(mallory.user.id)],
    [true, false],
  );
  await rejects(mallory.connection.send(written));
  await world.stop();
  await world.start();
  strictEqual(world.station.isBlocked(mallory.user.id), true);
  const again = await RawClient.open(dim, person('Mallory'), await world.network.connect());
  deepStrictEqual(
    world.station.blocked().map(({ user }) => user.toString()),
    [mallory.user.id.toString()],
  );
  // Who has signed it, and that one alone, is told.
  await again.say(TextContent.create('let me in'), again.station, true);
  strictEqual(textOf((await again.next()).content.fields, 'text'), 'Sender not accepted.');
  strictEqual(await world.station.unblock(mallory.user.id), true);
  deepStrictEqual(world.station.blocked(), []);
  await come('Mallory');
  strictEqual(world.station.users, 1);
  await world.stop();
});

test('a client that is kept out says why it is not online, and is let in when that is over', async () => {
  const world = await new World().start();
  await world.station.block(person('Mallory').id);
  const mallory = await world.device('Mallory');
  const reasons: string[] = [];
  mallory.on('connection', (state) => {
    if (state.is === 'offline' && isDimError(state.error)) reasons.push(state.error.message);
  });
  await until(() => reasons.length > 1);
  deepStrictEqual(
    [...new Set(reasons)],
    ['CONNECTION_FAILED: the station does not let us in, and says: Sender not accepted.'],
  );
  await world.station.unblock(person('Mallory').id);
  await online(mallory);
  await mallory.close();
  await world.stop();
});

test('a stranger who writes in the name of somebody who is kept out learns nothing of it', async () => {
  const world = await new World().start();
  await world.station.block(person('Mallory').id);
  const bob = await RawClient.open(dim, person('Bob'), await world.network.connect());
  await bob.sendChanged(await bob.pack(TextContent.create('hello'), bob.station, true), {
    sender: person('Mallory').id.toString(),
  });
  // What comes first answers what comes behind it.
  const group = dim.ID.parse('stations@everywhere');
  await bob.say(HandshakeCommand.offer(undefined, { group }), bob.station, true);
  strictEqual((await bob.next()).content.kind, 'handshake');
  await world.stop();
});
