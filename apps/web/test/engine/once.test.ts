/** What is asked for once is done once, wherever the engine ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError } from 'dimp';
import { createWorld, type Person, type World } from './world.ts';

const LIMIT = { timeout: 120_000 };

/** Lets a call be asked of engines that end at their first, second, … commit, until one lives to answer. */
async function untilAnswered(person: Person, call: () => Promise<unknown>): Promise<number> {
  for (let step = 1; ; step++) {
    let commits = 0;
    person.disk.onCommit = () => {
      if (++commits >= step) throw new DimError('STORE_FAILED', 'the engine ends here');
    };
    const isDone = await call().then(
      () => true,
      () => false,
    );
    await person.close().catch(() => undefined);
    person.disk.onCommit = () => undefined;
    await person.start();
    // Its answer got lost with it.
    if (isDone) await call();
    if (isDone) return step;
  }
}

async function friends(world: World): Promise<readonly [Person, Person, string, string]> {
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')];
  const [a, b] = [await alice.id(), await bob.id()];
  await bob.ask('addContact', { text: a });
  await alice.ask('addContact', { text: b });
  return [alice, bob, a, b];
}

test('a text is sent once, at whichever step the engine ends', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob, a, b] = await friends(world);
  const asked = { conversation: b, text: 'once', token: 'token' };
  const steps = await untilAnswered(alice, async () => alice.ask('send', asked));
  assert.ok(steps > 1, `${steps}`);
  await bob.untilText(a, 'once');
  await alice.say(b, 'and no more');
  await bob.untilText(a, 'and no more');
  assert.deepEqual(await alice.texts(b), ['once', 'and no more']);
  assert.deepEqual(await bob.texts(a), ['once', 'and no more']);
  await assert.rejects(alice.ask('send', { ...asked, conversation: a }), { path: 'token' });
  await world.end();
});

test('a text is a draft or sent, at whichever step the engine ends, and never both', LIMIT, async () => {
  const world = await createWorld();
  const [alice, , , b] = await friends(world);
  const state = async () => {
    const [one] = await alice.ask('conversations');
    return [one?.draft, ...(await alice.texts(b))];
  };
  for (let step = 1; ; step++) {
    await alice.ask('saveDraft', { conversation: b, text: `${step}\nand more` });
    const before = await alice.texts(b);
    let commits = 0;
    alice.disk.onCommit = () => {
      if (++commits >= step) throw new DimError('STORE_FAILED', 'the engine ends here');
    };
    await alice.say(b, String(step)).catch(() => undefined);
    await alice.close().catch(() => undefined);
    alice.disk.onCommit = () => undefined;
    await alice.start();
    const now = await state();
    const isSent = now.length > before.length + 1;
    // What was written since stays.
    assert.deepEqual(now, isSent ? ['and more', ...before, String(step)] : [`${step}\nand more`, ...before]);
    if (commits < step) break;
  }
  // A draft of something else is nobody's to take away.
  await alice.ask('saveDraft', { conversation: b, text: 'another' });
  await alice.say(b, 'an');
  assert.equal((await state())[0], 'another');
  await world.end();
});

test('two questions with one token at once are one', LIMIT, async () => {
  const world = await createWorld();
  const [alice, , , b] = await friends(world);
  const asked = { conversation: b, text: 'once', token: 'token' };
  const [one, other] = await Promise.all([alice.ask('send', asked), alice.ask('send', asked)]);
  assert.equal(one.key, other.key);
  assert.deepEqual(await alice.texts(b), ['once']);
  await alice.ask('removeMessage', { key: one.key });
  await assert.rejects(alice.ask('send', asked), { path: 'token' });
  await world.end();
});

test('what has failed is sent again once, in place of the old', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob, a, b] = await friends(world);
  world.network.offline();
  const { key } = await alice.say(b, 'late');
  assert.equal(await alice.ask('takeBack', { key }), true);
  assert.equal((await alice.ask('message', { key }))?.delivery?.state, 'failed');
  const again = { key, token: 'again' };
  await untilAnswered(alice, async () => alice.ask('tryAgain', again));
  assert.deepEqual(await alice.texts(b), ['late']);
  world.network.online();
  await alice.ask('connectNow');
  const came = await bob.untilText(a, 'late');
  assert.deepEqual(await bob.texts(a), ['late']);
  const [sent] = await alice.talk(b);
  assert.notEqual(sent?.key, key);
  // What did not fail is not sent again.
  await assert.rejects(bob.ask('tryAgain', { key: came.key, token: 'x' }), { path: 'key' });
  await assert.rejects(alice.ask('tryAgain', { key: sent?.key ?? '', token: 'y' }), { path: 'key' });
  await world.end();
});

test('a group is founded once', LIMIT, async () => {
  const world = await createWorld();
  const [alice, , , b] = await friends(world);
  const asked = { name: 'Team', members: [b], token: 'token' };
  await untilAnswered(alice, async () => alice.ask('foundGroup', asked));
  const { id } = await alice.ask('foundGroup', asked);
  const groups = (await alice.ask('conversations')).filter((one) => one.with.isGroup);
  assert.deepEqual(
    groups.map((one) => one.with.id),
    [id],
  );
  await world.end();
});
