/** A client in the background: what the station keeps for it, and what it still does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { clockOf, device, network, person, texts, until, type TestClient } from '../world.ts';

test('in the background a client hears nothing; in the foreground it hears what was kept', async () => {
  const { net, alice, bob, a, b, session } = await two();
  await b.goToBackground();
  await until(net, async () => session()?.isActive === false, 'the station knows');
  for (const text of ['1', '2']) await a.send(TextContent.create(text), bob.id);
  await until(net, async () => net.kept(bob.id).length === 2, 'the station keeps them');
  // Longer than it takes to log in anew.
  for (let step = 0; step < 140; step++) await clockOf(net).advance(5);
  assert.equal(session()?.isActive, false);
  assert.deepEqual(await texts(b, alice), []);
  await b.goToForeground();
  await until(net, async () => (await texts(b, alice)).length === 2, 'what was kept came');
  assert.equal(session()?.isActive, true);
  assert.deepEqual(await texts(b, alice), ['1', '2']);
  await a.close();
  await b.close();
});

test('a client in the background sends still, as often as it likes, and stays there', async () => {
  const { net, alice, bob, a, b, session } = await two();
  const connection = session()?.connection;
  await b.goToBackground();
  const sent = Array.from({ length: 12 }, (_, index) => `t${index}`);
  for (const text of sent) {
    await until(net, async () => session()?.isActive === false, 'it is in the background');
    await b.send(TextContent.create(text), alice.id);
    await until(net, async () => (await texts(a, bob)).at(-1) === text, 'it came');
  }
  await until(net, async () => session()?.isActive === false, 'it is in the background again');
  assert.equal(session()?.connection, connection);
  assert.deepEqual(await texts(a, bob), sent);
  await a.close();
  await b.close();
});

test('a client stays in the background over a new connection, and goes there without one', async () => {
  const { net, a, b, session } = await two();
  await b.goOffline();
  await until(net, async () => session() === undefined, 'it is gone');
  await b.goToBackground();
  b.goOnline();
  await until(net, async () => session()?.isActive === false, 'it is back, in the background');
  await net.cut(session()?.connection);
  await until(net, async () => session() === undefined, 'it was cut');
  await until(net, async () => session()?.isActive === false, 'it is back again, in the background');
  await b.goToForeground();
  await until(net, async () => session()?.isActive === true, 'it is in the foreground');
  await a.close();
  await b.close();
  await assert.rejects(b.goToBackground(), { code: 'USAGE_ARGUMENT' });
  await assert.rejects(b.goToForeground(), { code: 'USAGE_ARGUMENT' });
});

async function two() {
  const net = await network({ seed: 11 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b]: TestClient[] = [await device(net, alice), await device(net, bob)];
  assert.ok(a && b);
  await until(net, async () => [a, b].every(({ connection }) => connection.is === 'online'), 'both are online');
  const session = () => net.sessions.find(({ user }) => user?.equals(bob.id));
  return { net, alice, bob, a, b, session };
}
