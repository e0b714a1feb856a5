/** Who asks to be let in, what is told of a group, how it ends, and what of a stranger's group is shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InviteCommand, ResetCommand } from 'dimp';
import { dim } from '../../src/engine/dim.ts';
import { createWorld, type Person, type World } from './world.ts';

const LIMIT = { timeout: 90_000 };

interface Team {
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
  readonly id: string;
  readonly link: string;
}

/** A group of Alice, with Bob; Carol knows her, and is not in it. */
async function team(world: World): Promise<Team> {
  const [alice, bob, carol] = [await world.person('Alice'), await world.person('Bob'), await world.person('Carol')];
  for (const one of [bob, carol]) await one.ask('addContact', { text: await alice.id() });
  const { id, link } = await alice.ask('foundGroup', { name: 'Team', members: [await bob.id()], token: 'one' });
  await bob.until(async () => (await bob.ask('group', { id }))?.role === 'member');
  return { alice, bob, carol, id, link };
}

async function inList(person: Person, id: string) {
  return (await person.ask('conversations')).find((one) => one.with.id === id);
}

async function told(person: Person, id: string): Promise<readonly string[]> {
  return (await person.ask('groupHistory', { id })).map(({ did }) => did);
}

test('who may answer is told that somebody asks, and who asked that it waits', LIMIT, async () => {
  const world = await createWorld();
  const { alice, bob, carol, id, link } = await team(world);
  assert.equal((await inList(alice, id))?.asking, 0);
  await carol.ask('joinGroup', { text: link });
  await alice.until(async () => (await inList(alice, id))?.asking === 1);
  // A member who may not answer sees no mark.
  assert.equal((await inList(bob, id))?.asking, 0);
  const waits = await carol.until(async () => {
    const group = await carol.ask('group', { id });
    return group?.askedAt !== undefined && group;
  });
  assert.deepEqual([waits.role, waits.waiting, (await inList(carol, id))?.isAsked], ['stranger', [], true]);
  // It is so after a restart as well.
  await carol.close();
  await carol.start();
  assert.equal((await inList(carol, id))?.isAsked, true);

  await alice.ask('changeGroup', { id, do: 'invite', people: [await carol.id()] });
  assert.equal((await inList(alice, id))?.asking, 0);
  await carol.until(async () => (await inList(carol, id))?.isAsked === false);
  await carol.until(async () => carol.disk.rows('app-asked').length === 0);
  // Removed again, nobody waits, and it is said what happened.
  await alice.ask('changeGroup', { id, do: 'expel', people: [await carol.id()] });
  const out = await carol.until(async () => {
    const group = await carol.ask('group', { id });
    return group?.role === 'stranger' && group;
  });
  assert.deepEqual([out.askedAt, out.may.write, (await told(carol, id)).at(-1)], [undefined, false, 'removed']);
  await assert.rejects(carol.say(id, 'still here?'), { code: 'GROUP_DENIED' });
  await alice.say(id, 'without Carol');
  await bob.untilText(id, 'without Carol');
  await carol.close();
  await carol.start();
  assert.deepEqual(await carol.texts(id), []);
  await world.end();
});

test('who waits no longer has it in no list', LIMIT, async () => {
  const world = await createWorld();
  const { carol, id, link } = await team(world);
  await carol.ask('joinGroup', { text: link });
  await carol.until(async () => (await inList(carol, id))?.isAsked);
  await carol.ask('stopJoining', { id });
  assert.equal(await inList(carol, id), undefined);
  await world.end();
});

test('what happened is told and exported, and nothing that somebody was not allowed to', LIMIT, async () => {
  const world = await createWorld();
  const { alice, bob, id } = await team(world);
  const [a, b] = [await alice.id(), await bob.id()];
  await alice.say(id, 'first');
  await bob.untilText(id, 'first');
  await world.clock.advance(10);
  const group = dim.ID.parse(id);
  const [owner, member] = [dim.ID.parse(a), dim.ID.parse(b)];
  // Bob says that Alice is alone with him, and invites who is there.
  await bob.sendRaw(ResetCommand.create(group, [owner, member], { time: world.clock.now() }), owner);
  await bob.sendRaw(InviteCommand.create(group, [owner], { time: world.clock.now() }), owner);
  await bob.say(id, '[removed] Alice: “Bob”\n2026-01-31 12:00:00 UTC  [ended] Alice');
  await alice.until(async () => (await alice.talk(id)).length === 2);
  await world.clock.advance(10);
  await alice.ask('changeGroup', { id, do: 'hire', people: [b] });
  await alice.ask('changeGroup', { id, do: 'rename', name: 'Us' });
  assert.deepEqual(await told(alice, id), ['founded', 'hired', 'renamed']);
  await bob.until(async () => (await told(bob, id)).length === 3);
  assert.equal((await inList(bob, id))?.unread, 1);

  const text = await (await alice.ask('exportConversation', { conversation: id })).text();
  const lines = text.split('\n').slice(3);
  const begins = lines.map((line) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}(\[?[“\w]{1,20})/.exec(line)?.[1]);
  assert.deepEqual(
    begins.filter((word) => word !== undefined),
    ['[founded', 'Alice', '“Bob', '[hired', '[renamed'],
  );
  const all = JSON.parse(await (await alice.ask('exportEverything')).text()) as {
    readonly groups: readonly { readonly changes: readonly { readonly did: string }[] }[];
  };
  assert.deepEqual(
    all.groups[0]?.changes.map(({ did }) => did),
    ['founded', 'hired', 'renamed'],
  );
  await world.end();
});

test('the owner ends a group: nobody writes any more, and it is told', LIMIT, async () => {
  const world = await createWorld();
  const { alice, bob, id } = await team(world);
  await alice.say(id, 'Good bye');
  await bob.untilText(id, 'Good bye');
  await assert.rejects(bob.ask('changeGroup', { id, do: 'dissolve' }), { code: 'GROUP_DENIED' });
  await alice.ask('changeGroup', { id, do: 'hire', people: [await bob.id()] });
  const ended = await alice.ask('changeGroup', { id, do: 'dissolve' });
  assert.deepEqual([ended.isEnded, ended.members.length], [true, 1]);
  await bob.until(async () => (await bob.ask('group', { id }))?.may.write === false);
  assert.equal((await told(bob, id)).at(-1), 'ended');
  assert.deepEqual(await bob.texts(id), ['Good bye']);
  await assert.rejects(bob.say(id, 'wait'), { code: 'GROUP_DENIED' });
  // Its owner gets rid of it as of any other conversation.
  await alice.ask('clearConversation', { conversation: id });
  assert.equal(await inList(alice, id), undefined);
  await world.end();
});

test(
  'a group that a stranger founded is asked for before anything is written, and not shown before',
  LIMIT,
  async () => {
    const world = await createWorld();
    const [eve, bob] = [await world.person('Eve'), await world.person('Bob')];
    const b = await bob.id();
    await eve.ask('addContact', { text: b });
    const { id } = await eve.ask('foundGroup', { name: 'Win a prize', members: [b], token: 'one' });
    const request = await bob.until(async () => inList(bob, id));
    assert.deepEqual([request.isRequest, request.last, request.unread], [true, undefined, 0]);
    assert.equal(await bob.ask('group', { id }), undefined);
    assert.deepEqual(await told(bob, id), []);
    await bob.ask('declineRequest', { id });
    assert.equal(await inList(bob, id), undefined);
    await eve.say(id, 'Are you there?');
    await world.clock.advance(60);
    assert.deepEqual(await bob.ask('conversations'), []);
    await world.end();
  },
);
