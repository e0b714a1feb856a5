/** An assistant that is ended, or killed, at any moment, loses nothing and sends nothing twice. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dyingStore } from './dying-store.ts';
import { GroupWorld, type Member } from './group-world.ts';
import { byForm } from 'network/form';

describe('a group of twenty of whom one has never been here', { skip: byForm(true, false) }, () => {
  let world: GroupWorld;
  let sender: Member;
  before(async () => {
    world = await GroupWorld.start({ away: [4] });
    sender = world.member(1);
    await world.knowAll(sender);
  });
  after(async () => world.close());

  const everybody = (): readonly Member[] =>
    world.members.filter((member) => member !== undefined && member !== sender);

  test('killed at one commit after the other', async () => {
    const said: string[] = [];
    let deaths = 0;
    for (const commits of [0, 1, 2, 3, 4, 6, 8]) {
      await world.stopBot();
      let isDead = false;
      const store = dyingStore(world.botStore, START + commits, () => {
        isDead = true;
        world.look();
      });
      const text = `Killed after ${commits}`;
      said.push(text);
      await world.startBot({ store }).catch(() => undefined);
      await world.say(sender, text);
      await world.until(() => isDead || everybody().every(({ texts }) => texts.includes(text)));
      if (isDead) deaths += 1;
      await world.stopBot().catch(() => undefined);
      await world.startBot();
      await world.until(() => everybody().every(({ texts }) => texts.includes(text)));
    }
    assert.ok(deaths >= 3, `killed ${deaths} times`);
    for (const { texts } of everybody()) assert.deepEqual(texts, said);
  });

  test('what waits for a member whom nobody knows outlives a restart, and goes out once', async () => {
    const count = world.member(5).texts.length;
    await world.stopBot();
    await world.say(sender, 'Last');
    await world.startBot();
    const late = await world.come(4);
    world.members[4] = late;
    await world.until(() => late.texts.length === count + 1 && world.member(5).texts.length === count + 1);
    assert.deepEqual(late.texts, world.member(5).texts);
  });

  test('of a flood a minute has its share', async () => {
    await world.stopBot();
    world.stand();
    await world.startBot({ limits: { perMinute: 2 } });
    const known = sender.receipts.length;
    for (let index = 0; index < 4; index++) await world.say(sender, `Flood ${index}`);
    await world.until(() => sender.receipts.length === known + 4);
    const told = sender.receipts.slice(known).map((text) => text.split(' ').slice(0, 3).join(' '));
    const [taken, refused] = ['Group message delivering.', 'Message not accepted.'];
    assert.deepEqual(told, [taken, taken, refused, refused]);
    world.pass(60);
    await world.say(sender, 'After a minute');
    await world.until(() => everybody().every(({ texts }) => texts.at(-1) === 'After a minute'));
    assert.ok(everybody().every(({ texts }) => !texts.includes('Flood 2')));
  });
});

/** Commits with which a client begins, more or less: a few of those that follow are met by the numbers above. */
const START = 6;
