/** An assistant splits messages for a group: everybody gets them once, in order, and nobody who is not to. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { JsonMap } from 'dimp';
import { person } from '../world.ts';
import { changed, GroupWorld, SIZE, type Member } from './group-world.ts';

const split = (count: number, total = SIZE - 1): string =>
  `Group message delivering. Group message split for ${count}/${total} member(s).`;

describe('a group of twenty', () => {
  let world: GroupWorld;
  before(async () => {
    world = await GroupWorld.start();
  });
  after(async () => world.close());

  /** Waits until all others have a text. */
  const allHave = async (text: string, sender: Member, ...without: readonly Member[]): Promise<void> =>
    world.until(() =>
      world.members.every(
        (member) =>
          member === sender || without.includes(member) || member.texts.filter((one) => one === text).length === 1,
      ),
    );

  test('all get it, and who is away gets it later, in order', async () => {
    const [sender, away] = [world.member(1), world.member(2)];
    await world.knowAll(sender);
    await world.say(sender, 'One');
    await allHave('One', sender);
    await world.until(() => sender.receipts.length === 1);
    assert.deepEqual(sender.receipts, [split(SIZE - 1)]);

    await away.client.close();
    await world.say(sender, 'Two');
    await world.say(sender, 'Three');
    await allHave('Three', sender, away);
    const back = await world.come(2, away.store);
    world.members[2] = back;
    await world.until(() => back.texts.length === 2);
    assert.deepEqual(back.texts, ['Two', 'Three']);
  });

  test('keys that the sender has not given are asked for', async () => {
    const sender = world.member(7);
    await world.knowAll(sender);
    const whole = await world.pack(sender, 'Some keys are missing');
    const all = Object.entries(whole.fields['keys'] as JsonMap);
    const left = all.filter(([name]) => !['P5', 'P6'].some((other) => name === person(other).id.toString()));
    assert.equal(left.length, all.length - 2);
    await world.give(sender, changed(whole, { keys: Object.fromEntries(left) }));
    await allHave('Some keys are missing', sender);
    await world.until(() => sender.receipts.length === 2);
    assert.deepEqual(
      [...sender.receipts].sort(),
      [`Group keys updated. Group keys updated: ${world.group.toString()}`, split(SIZE - 3)].sort(),
    );
    // From now on all are known: a message without any key goes to everybody.
    const digest = all.find(([name]) => name === 'digest')?.[1] ?? '';
    await world.give(sender, changed(await world.pack(sender, 'No keys'), { keys: { digest } }));
    await allHave('No keys', sender);
  });

  test('forgeries, repetitions, and what is of others', async () => {
    const sender = world.member(8);
    await world.knowAll(sender);
    const message = await world.pack(sender, 'Once');
    await world.give(sender, message);
    await world.until(() => sender.receipts.length === 1);
    await world.give(sender, message);
    await world.until(() => sender.receipts.length === 2);
    assert.deepEqual(sender.receipts, [split(SIZE - 1), split(SIZE - 1)]);

    const other = await world.pack(sender, 'Never');
    await world.give(sender, changed(message, { signature: other.fields['signature'] ?? '' }));
    await world.until(() => sender.receipts.length === 3);
    assert.match(sender.receipts[2] ?? '', /^Message not accepted\./);

    // Of a message that is not one's own nothing becomes, and nobody is told.
    const mallory = await world.device('Mallory');
    await world.give(mallory, other);
    await world.give(mallory, changed(other, { sender: mallory.user.id.toString() }));
    await world.until(() => mallory.receipts.length === 1);
    assert.match(mallory.receipts[0] ?? '', /^Message not accepted\./);
    // A stranger has signed this one, and knows the keys of all.
    await world.knowAll(mallory);
    await world.join(mallory);
    await world.say(mallory, 'Never');
    await world.until(() => mallory.receipts.length === 2);
    assert.match(mallory.receipts[1] ?? '', /^Permission denied\. Not allowed to send messages to group/);
    await allHave('Once', sender);
    assert.ok(world.members.every(({ texts }) => !texts.includes('Never')));
    await mallory.client.close();
  });

  test('who was removed gets nothing more, and is refused', async () => {
    const [owner, sender, removed] = [world.member(0), world.member(1), world.member(3)];
    await world.knowAll(removed);
    // It asks who the members are once a minute at most.
    world.pass(61);
    await owner.client.groups.expel(world.group, [removed.user.id]);
    await world.until(async () => (await sender.client.groups.state(world.group))?.members.length === SIZE - 1);
    await world.say(sender, 'Four');
    await allHave('Four', sender, removed);
    // The assistant has asked who the members are, as the sender wrote to others than those that it knew.
    await world.until(
      async () => (await world.assistant.client.groups.state(world.group))?.members.length === SIZE - 1,
    );
    await world.join(removed);
    await world.say(removed, 'Five');
    await world.until(() => removed.receipts.length === 1);
    assert.match(removed.receipts[0] ?? '', /^Permission denied\./);
    assert.ok(world.members.every(({ texts }) => !texts.includes('Five')));
    assert.equal(removed.texts.includes('Four'), false);
  });
});
