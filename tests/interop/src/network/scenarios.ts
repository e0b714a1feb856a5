/** The rows of the matrix. Each is run in both directions: `first` has this library in one, the peer's client in the other. */
import { Difference } from '../exchange.ts';
import { namesOf, type Meeting } from './cast.ts';
import { PAIR_SCENARIOS } from './pair-scenarios.ts';
import type { GroupView } from './person.ts';

/** A row. */
export interface NetworkScenario {
  readonly name: string;
  run(meeting: Meeting): Promise<void>;
}

const rows: Readonly<Record<string, (meeting: Meeting) => Promise<void>>> = {
  'to somebody who is away': async ({ first, second, words }) => {
    const text = words('You are away');
    await second.goAway();
    try {
      await first.text(second.id, text);
      await first.isToldStored(text);
    } finally {
      await second.comeBack();
    }
    await second.reads({ from: first.id, words: text });
  },

  'to somebody who reported offline': async ({ first, second, words }) => {
    const text = words('You do not look');
    await second.report('offline');
    try {
      await first.text(second.id, text);
      await first.isToldStored(text);
      if (second.timesRead(text) > 0) throw new Difference('it was delivered to somebody who is offline');
    } finally {
      await second.report('online');
    }
    await second.reads({ from: first.id, words: text });
  },

  'while the link is cut': async ({ cast, first, second, words }) => {
    const text = words('In a tunnel');
    cast.link.cut();
    try {
      await first.text(second.id, text);
    } finally {
      cast.link.mend();
    }
    await second.reads({ from: first.id, words: text });
  },

  'to two devices of a stranger': async ({ first, third, cast, devices, words }) => {
    const text = words('On each of them, although we never met');
    // Whom the first one knows, the next row is about.
    const writer = first === cast.nora ? first : third;
    const [older, newer] = devices;
    await writer.text(newer.id, text);
    await newer.reads({ from: writer.id, words: text });
    await older.reads({ from: writer.id, words: text, patienceMs: 8000 });
  },

  /** Each device makes itself known by its text: the peer's client keeps no visa that is older than one that it has. */
  'from two devices, and to both': async ({ first, devices, words }) => {
    for (const device of devices) {
      const text = words('From one of them');
      await device.text(first.id, text);
      await first.reads({ from: device.id, words: text });
    }
    const text = words('On each of them');
    await first.text(devices[0].id, text);
    for (const device of devices) await device.reads({ from: first.id, words: text });
  },

  'a group': async ({ first, second, third }) => {
    const group = await first.newGroup([first.id, second.id, third.id]);
    for (const member of [first, second, third])
      await member.knows('group of three', group, ({ owner, members }) => {
        const [expected, found] = [namesOf(first, second, third), new Set(members)];
        return owner === String(first.id) && found.size === 3 && expected.every((name) => found.has(name));
      });
  },

  'texts in a group': async ({ first, second, third, words }) => {
    const people = [first, second, third];
    const group = await first.newGroup(people.map(({ id }) => id));
    for (const member of people) await member.knows('group of three', group, has(3));
    for (const author of people) {
      const text = words(`To all, from ${author.name}`);
      await author.text(group, text);
      for (const reader of people) if (reader !== author) await reader.reads({ from: author.id, words: text, group });
    }
  },

  'other members in a group': async ({ first, second, third, words }) => {
    const group = await first.newGroup([first.id, second.id, third.id]);
    for (const member of [second, third]) await member.knows('group of three', group, has(3));
    await first.setMembers(group, [first.id, second.id]);
    await second.knows('group of two', group, has(2));
    await third.knows('group without oneself', group, ({ members }) => !members.includes(String(third.id)));
    const [without, again] = [words('Without the third'), words('With the third again')];
    await first.text(group, without);
    await second.reads({ from: first.id, words: without, group });
    await first.setMembers(group, [first.id, second.id, third.id]);
    for (const member of [second, third]) await member.knows('group of three again', group, has(3));
    await first.text(group, again);
    for (const member of [second, third]) await member.reads({ from: first.id, words: again, group });
    if (third.timesRead(without) > 0) throw new Difference('somebody who is no member reads a text');
  },

  'an administrator of a group': async ({ first, second, third }) => {
    const group = await first.newGroup([first.id, second.id, third.id]);
    for (const member of [second, third]) await member.knows('group of three', group, has(3));
    await first.setAdministrators(group, [second.id]);
    for (const member of [second, third])
      await member.knows('administrator', group, ({ administrators }) => administrators.includes(String(second.id)));
    // Who may do it now does it.
    await second.setMembers(group, [first.id, second.id]);
    await first.knows('group of two', group, has(2));
  },

  'to leave a group': async ({ first, second, third }) => {
    const group = await second.newGroup([second.id, first.id, third.id]);
    for (const member of [first, third]) await member.knows('group of three', group, has(3));
    await first.leave(group);
    for (const member of [second, third])
      await member.knows('group of two', group, ({ members }) => !members.includes(String(first.id)));
  },
};

function has(count: number): (view: GroupView) => boolean {
  return ({ members }) => members.length === count;
}

/** All rows, in the order in which they run. */
export const NETWORK_SCENARIOS: readonly NetworkScenario[] = [
  ...PAIR_SCENARIOS,
  ...Object.entries(rows).map(([name, run]) => ({ name, run })),
];
