/** The operator keeps somebody out, also after the station was started again. */
import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { RawClient } from '../raw-client.ts';
import { dim, person, World } from '../world.ts';

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
  // Nothing is answered: who is kept out is told nothing.
  await again.say(TextContent.create('let me in'), again.station, true);
  strictEqual(await world.station.unblock(mallory.user.id), true);
  await come('Mallory');
  strictEqual(world.station.users, 1);
  await world.stop();
});
