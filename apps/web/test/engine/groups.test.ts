/** Groups: founding, asking to be let in by a link, and who may do what. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from './world.ts';

const LIMIT = { timeout: 90_000 };

test('a group by link: asked for, let in, written in, left', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob, carol] = [await world.person('Alice'), await world.person('Bob'), await world.person('Carol')];
  const [a, b, c] = [await alice.id(), await bob.id(), await carol.id()];
  for (const one of [bob, carol]) await one.ask('addContact', { text: a });
  for (const text of [b, c]) await alice.ask('addContact', { text });
  const team = await alice.ask('foundGroup', { name: 'Team', members: [b], token: 'one' });
  assert.deepEqual([team.with.name, team.with.nameFrom, team.role, team.members.length], ['Team', 'alias', 'owner', 2]);
  assert.deepEqual([team.may.write, team.may.expel, team.may.quit], [true, true, false]);
  const { id, link } = team;
  await bob.until(async () => (await bob.ask('conversations')).find((one) => one.with.id === id && !one.isRequest));

  const joined = await carol.ask('joinGroup', { text: link });
  assert.equal(joined.id, id);
  const waiting = await alice.until(async () => (await alice.ask('group', { id }))?.waiting[0]);
  assert.deepEqual([waiting.person.id, waiting.by], [c, undefined]);
  await alice.ask('changeGroup', { id, do: 'invite', people: [c] });
  await carol.until(async () => (await carol.ask('group', { id }))?.role === 'member');
  await carol.say(id, 'Thanks');
  const came = await bob.untilText(id, 'Thanks');
  // Bob knows Carol from the group alone: her name is her own word.
  assert.deepEqual([came.sender.nameFrom, came.sender.isContact], ['peer', false]);
  assert.deepEqual([came.sender.name, came.sender.end], ['Carol', c.slice(-8)]);
  const history = await alice.ask('groupHistory', { id });
  assert.deepEqual(
    history.map(({ did, author, people }) => [did, author.nameFrom, people.map(({ id: one }) => one)]),
    [
      ['founded', 'self', [b]],
      ['asked', 'peer', []],
      ['admitted', 'self', [c]],
    ],
  );

  await assert.rejects(bob.ask('changeGroup', { id, do: 'expel', people: [c] }), { code: 'GROUP_DENIED' });
  await assert.rejects(bob.ask('changeGroup', { id: c, do: 'quit' }), { code: 'INPUT_CONFLICT' });
  await bob.ask('changeGroup', { id, do: 'quit' });
  await alice.until(async () => (await alice.ask('group', { id }))?.members.length === 2);
  // What Alice alone calls it is not what it is renamed from.
  await alice.ask('changeContact', { id, alias: 'Boring meetings' });
  const aliased = await alice.ask('group', { id });
  assert.deepEqual([aliased?.with.name, aliased?.publicName], ['Boring meetings', 'Team']);
  await alice.ask('changeGroup', { id, do: 'rename', name: 'Two' });
  await carol.until(async () => (await carol.ask('group', { id }))?.with.name === 'Two');
  await world.end();
});

test('who waits is refused by who may, and nobody unseen', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob, carol] = [await world.person('Alice'), await world.person('Bob'), await world.person('Carol')];
  const [b, c] = [await bob.id(), await carol.id()];
  const { id, link, may } = await alice.ask('foundGroup', { name: 'Team', members: [], token: 'one' });
  assert.equal(may.refuse, true);
  const waiting = async () => (await alice.ask('group', { id }))?.waiting.map(({ person }) => person.id) ?? [];
  for (const one of [bob, carol]) await one.ask('joinGroup', { text: link });
  await alice.until(async () => (await waiting()).length === 2);
  await assert.rejects(alice.ask('changeGroup', { id, do: 'refuse', people: [b] }), { path: 'people' });
  assert.equal((await waiting()).length, 2);
  const { members } = await alice.ask('changeGroup', { id, do: 'refuse', people: [b, c] });
  assert.deepEqual([members.length, await waiting()], [1, []]);
  // Asked once more, nothing is left to refuse.
  const again = await alice.ask('changeGroup', { id, do: 'refuse', people: [b, c] });
  assert.deepEqual(again.waiting, []);
  await assert.rejects(bob.ask('changeGroup', { id, do: 'refuse', people: [c] }));
  // They may ask again.
  await world.clock.advance(60);
  await carol.ask('joinGroup', { text: link });
  await alice.until(async () => (await waiting())[0] === c);
  await world.end();
});

test('asked without a network, entry is asked for when there is one', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')];
  const b = await bob.id();
  const { id, link } = await alice.ask('foundGroup', { name: 'Team', members: [], token: 'one' });
  await alice.online();
  await bob.online();
  world.network.offline();
  await bob.ask('joinGroup', { text: link });
  await bob.close();
  world.network.online();
  await bob.start();
  await alice.until(async () => (await alice.ask('group', { id }))?.waiting.some(({ person }) => person.id === b));
  await bob.until(async () => bob.disk.rows('app-join').length === 0);
  await world.end();
});
