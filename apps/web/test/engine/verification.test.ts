/** The code that two people compare, and alarms about keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyMeta } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { Alarms } from '../../src/engine/alarms.ts';
import { dim } from '../../src/engine/dim.ts';
import { codeOf } from '../../src/engine/verification.ts';
import { createWorld } from './world.ts';

const LIMIT = { timeout: 60_000 };

test('both sides see the same sixty digits, which hold for these keys alone', LIMIT, async () => {
  const [alice, bob, mallory] = await Promise.all(
    ['Alice', 'Bob', 'Mallory'].map(async (name) => {
      const { id, meta } = await dim.createUser({ name, visaAlgorithms: ['X25519'] });
      const verified = await verifyMeta(meta, id);
      assert.ok(verified);
      return verified;
    }),
  );
  assert.ok(alice !== undefined && bob !== undefined && mallory !== undefined);
  const code = await codeOf(alice, bob);
  assert.match(code, /^(?:\d{5} ){11}\d{5}$/);
  assert.equal(await codeOf(bob, alice), code);
  // The same ID with another key: as somebody between them would show it.
  const [mine, theirs] = [
    code.split(' '),
    (await codeOf(alice, { id: bob.id, publicKey: mallory.publicKey })).split(' '),
  ];
  assert.notDeepEqual(theirs, mine);
  assert.equal(mine.filter((group) => theirs.includes(group)).length >= 6, true);
});

test('who was compared is marked, until the key is another', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')];
  const [a, b] = [await alice.id(), await bob.id()];
  await alice.ask('addContact', { text: b });
  await bob.ask('addContact', { text: a });
  const code = await alice.until(async () => (await alice.ask('person', { id: b })).code);
  assert.equal(await bob.until(async () => (await bob.ask('person', { id: a })).code), code);
  assert.equal((await alice.ask('person', { id: b })).isVerified, false);
  await alice.ask('setVerified', { id: b, isVerified: true });
  assert.equal((await alice.ask('contacts'))[0]?.isVerified, true);
  await alice.close();
  await alice.start();
  assert.equal((await alice.ask('contacts'))[0]?.isVerified, true);

  // As it is once another key is known for that ID: what was compared is of a key that is not that one.
  await alice.close();
  alice.disk.change('app-verified', (row) => ({ ...row, value: { ...row.value, digest: 'of another key' } }));
  await alice.start();
  assert.equal((await alice.ask('contacts'))[0]?.isVerified, false);
  await alice.ask('setVerified', { id: b, isVerified: true });
  await alice.ask('acceptNewKey', { id: b });
  assert.equal((await alice.ask('contacts'))[0]?.isVerified, false);
  await alice.until(async () => (await alice.ask('person', { id: b })).code !== undefined);
  assert.equal((await alice.ask('person', { id: b })).isVerified, false);
  const stranger = await dim.createUser({ name: 'Nobody', visaAlgorithms: ['X25519'] });
  await assert.rejects(alice.ask('setVerified', { id: stranger.id.toString(), isVerified: true }), {
    code: 'MISSING_META',
  });
  await world.end();
});

test('an alarm stays until the person has looked at it', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')];
  const b = await bob.id();
  await alice.ask('addContact', { text: b });
  await alice.close();
  const alarms = new Alarms(await alice.disk.open('unprotected'), world.clock);
  assert.equal(await alarms.raise(dim.ID.parse(b), false), true);
  assert.equal(await alarms.raise(dim.ID.parse(b), false), false);
  await alice.start();
  assert.equal((await alice.ask('person', { id: b })).hasAlarm, true);
  await alice.ask('closeAlarm', { id: b });
  assert.equal((await alice.ask('person', { id: b })).hasAlarm, false);
  await world.end();
});

test('strangers do not fill the disk with alarms, nor keep out those of others', LIMIT, async () => {
  const store = new MemoryClientStore();
  const alarms = new Alarms(store, { now: () => 1, wait: async () => undefined });
  const template = '0x0000000000000000000000000000000000000000';
  const idOf = (number: number) => {
    const digits = number.toString(16).padStart(40, '0');
    return dim.ID.tryParse(`0x${digits}`);
  };
  const ids = Array.from({ length: 2000 }, (_, at) => idOf(at + 1)).filter((id) => id !== undefined);
  assert.ok(ids.length > 600, `${template} ${ids.length}`);
  let raised = 0;
  for (const id of ids.slice(1)) if (await alarms.raise(id, true)) raised++;
  assert.equal(raised, 500);
  const [friend] = ids;
  assert.ok(friend !== undefined && (await alarms.raise(friend, false)));
});
