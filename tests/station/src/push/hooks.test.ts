/** What a station tells of messages that wait, and of those who come for them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import type { CachedMessage } from 'dimstation';
import { heard, online, person, World } from '../world.ts';

test('of a message for who is away, by its type; not of one that goes out; and of each who comes', async () => {
  const cached: CachedMessage[] = [];
  const came: string[] = [];
  const world = await new World({
    cached: (message) => cached.push(message),
    cameIn: (user) => came.push(user.toString()),
  }).start();
  const [alice, bob] = [person('Alice'), person('Bob')];
  const atAlice = await world.device('Alice');
  const before = await world.device('Bob');
  await Promise.all([online(atAlice), online(before)]);
  const here = heard(before, 1);
  await atAlice.send(TextContent.create('here'), bob.id);
  await here;
  await before.close();
  assert.equal(cached.length, 0);

  const delivery = await atAlice.send(TextContent.create('away'), bob.id);
  await delivery.until('sent');
  const again = await world.device('Bob');
  await heard(again, 1);
  const told = cached.filter(({ type }) => type === '1');
  assert.equal(told.length, 1);
  assert.ok(told[0]?.sender.equals(alice.id) && told[0].receiver.equals(bob.id));
  assert.equal(told[0]?.group, undefined);
  assert.ok(came.filter((user) => user.startsWith(bob.id.toString())).length >= 2);

  await Promise.all([atAlice.close(), again.close()]);
  await world.stop();
});
