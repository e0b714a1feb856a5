/** Whatever way a history takes to a device: who has the same has the same group. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  DocumentsCommand,
  GroupQueryCommand,
  InviteCommand,
  JoinCommand,
  QuitCommand,
  ResetCommand,
  ResignCommand,
  type Bulletin,
  type Content,
  type ReliableMessage,
  type User,
} from 'dimp';
import { foldHistory } from '../../src/internal.ts';
import { readBulletin } from '../../src/groups/group-bulletin.ts';
import { writeState } from '../../src/groups/group-state.ts';
import { entryOf } from '../../src/groups/history-entry.ts';
import { alice, bob, carol, dave, Device, dim, erin, mallory, signed, TestClock } from './world.ts';

const START = new TestClock().time;
const authors = [alice, bob, carol, dave, mallory] as const;
const invited = [bob, carol, dave, erin];

const meta = await dim.Meta.generate({ type: 'MKM', privateKey: alice.keys.identity, seed: 'Group-54321' });
const group = meta.id(1);

/** A bulletin of Alice's group, and the message that brings it. */
async function publish(
  second: number,
  administrators: readonly User[],
): Promise<{ readonly document: Bulletin; readonly message: ReliableMessage }> {
  const document = await sign(second, administrators);
  return { document, message: await signed(alice, DocumentsCommand.answer(group, [document], { meta })) };
}

async function sign(second: number, administrators: readonly User[]): Promise<Bulletin> {
  const properties = { founder: alice.id, name: 'Team', administrators: administrators.map(({ id }) => id) };
  return dim.Document.create({ type: 'bulletin', did: group, properties }).sign(alice.keys.identity, {
    time: START + second,
  });
}

/** A command that somebody signed at some second. */
interface Step {
  readonly author: User;
  readonly content: Content;
}

const at = fc.integer({ min: 1, max: 8 });
const options = at.map((second) => ({ time: START + second }));
const list = fc.subarray(invited, { minLength: 1 }).map((users) => users.map(({ id }) => id));
const anyContent: fc.Arbitrary<Content> = fc.oneof(
  fc.tuple(list, options).map(([members, time]) => ResetCommand.create(group, [alice.id, ...members], time)),
  fc.tuple(list, options).map(([members, time]) => InviteCommand.create(group, members, time)),
  options.map((time) => QuitCommand.create(group, time)),
  options.map((time) => JoinCommand.create(group, time)),
  options.map((time) => ResignCommand.create(group, time)),
);
const anyStep: fc.Arbitrary<Step> = fc.record({ author: fc.constantFrom(...authors), content: anyContent });
const anyBulletin = fc.tuple(at, fc.subarray([bob, carol]));

/** Gives messages to a device, each as it comes out of a forward. */
async function give(device: Device, messages: readonly ReliableMessage[]): Promise<void> {
  for (const message of messages) expect(await device.receive(message)).toEqual([]);
}

describe('a history on its way', () => {
  test('in any order, with repetitions, and in parts: the same on every device, and what the whole of it comes to', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 1, maxLength: 10 }),
        // Two at the same time are of an owner who contradicts themselves: which one a memory keeps is no matter of groups.
        fc.uniqueArray(anyBulletin, { minLength: 1, maxLength: 3, selector: ([second]) => second }),
        fc.infiniteStream(fc.nat()),
        async (steps, bulletins, random) => {
          const published = await Promise.all(bulletins.map(async ([second, users]) => publish(second, users)));
          const commands = await Promise.all(steps.map(async ({ author, content }) => signed(author, content)));
          const messages = [...published.map(({ message }) => message), ...commands];
          const clock = new TestClock();
          const devices = await Promise.all([bob, erin, mallory].map(async (user) => Device.of(user, clock)));
          for (const device of devices) {
            const shuffled = shuffle(messages, random);
            const part = shuffled.slice(0, next(random, shuffled.length));
            await give(device, [...part, ...shuffle(messages, random), ...shuffle(part, random)]);
          }
          const entries = steps.flatMap(({ author, content }, index) => {
            const message = commands[index];
            const kind = content.kind as 'reset';
            if (message === undefined) return [];
            const entry = entryOf(dim, kind, {
              content: content as ResetCommand,
              sender: author.id,
              message,
              wasEncrypted: false,
            });
            return entry === undefined ? [] : [entry];
          });
          const facts = {
            group,
            owner: alice.id,
            bulletins: published.map(({ document }) => readBulletin(dim, document)),
          };
          const expected = writeState(foldHistory(facts, entries).state);
          for (const device of devices) {
            const state = await device.state(group);
            expect(state && writeState(state)).toEqual(expected);
            const members = device.store.members(group).map(String);
            expect(members).toEqual(expected['hasMembers'] === true ? expected['members'] : []);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('whoever has it hands on so much that somebody new has the same', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { maxLength: 8 }),
        fc.uniqueArray(anyBulletin, { maxLength: 2, selector: ([second]) => second }),
        async (steps, bulletins) => {
          const clock = new TestClock();
          const a = await Device.of(alice, clock);
          const others = await Promise.all(bulletins.map(async ([second, users]) => publish(second, users)));
          const first = await publish(0, []);
          const reset = await signed(
            alice,
            ResetCommand.create(group, [alice.id, bob.id, carol.id, dave.id], { time: START + 0.5 }),
          );
          const commands = await Promise.all(steps.map(async ({ author, content }) => signed(author, content)));
          await give(a, [first.message, ...others.map(({ message }) => message), reset, ...commands]);
          const state = await a.state(group);
          const member = state?.members.at(-1);
          const user = [bob, carol, dave, erin].find(({ id }) => member?.equals(id));
          if (state === undefined || user === undefined) return;
          const newcomer = await Device.of(user, clock);
          a.sent.length = 0;
          const messenger = dim.messenger({ self: user.id, store: newcomer.store });
          await a.receive((await messenger.packMessage(GroupQueryCommand.create(group), alice.id)).message);
          for (const { message } of await a.packed()) await newcomer.receive(message);
          const there = await newcomer.state(group);
          expect(there && writeState(there)).toEqual(writeState(state));
          compared++;
        },
      ),
      { numRuns: 30 },
    );
    // In nearly all of them somebody is left whom to tell.
    expect(compared).toBeGreaterThan(10);
  });
});

function next(random: Iterator<number>, limit: number): number {
  return limit === 0 ? 0 : Number(random.next().value) % limit;
}

function shuffle<T>(items: readonly T[], random: Iterator<number>): readonly T[] {
  const left = [...items];
  const shuffled: T[] = [];
  while (left.length > 0) shuffled.push(...left.splice(next(random, left.length), 1));
  return shuffled;
}
