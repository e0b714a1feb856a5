/** Engines that read, remove or count in a wrong way. */
import type { BoxUsage } from '../../src/index.ts';
import { MUCH, reading, spoiled, upTo, type WrongEngine } from './wrong-engine.ts';

const usage = (change: (usage: BoxUsage) => BoxUsage) =>
  spoiled(({ mailbox }) => ({
    mailbox: { usage: async (user) => (await mailbox.usage(user)).map(change) },
  }));

export const WRONG_MAILBOXES: readonly WrongEngine[] = [
  [
    'one message more than may be read',
    spoiled(({ mailbox }) => ({
      mailbox: {
        read: (box, after, limits) => mailbox.read(box, after, { ...limits, messages: limits.messages + 1 }),
      },
    })),
    'reading gives as many messages as it may, the oldest first',
  ],
  [
    'what is small, behind what is too large',
    reading((all, after, { messages, bytes }) => {
      let left = bytes;
      return all
        .filter(({ position }) => position > after)
        .filter(({ bytes: { length } }, index) => (index === 0 || length <= left) && ((left -= length), true))
        .slice(0, messages);
    }),
    'reading gives as many bytes as it may, but one message whatever it has',
  ],
  [
    'no message that has more than may be read',
    reading((all, after, { messages, bytes }) =>
      upTo(
        all.filter(({ position }) => position > after),
        bytes,
      ).slice(0, messages),
    ),
    'reading gives as many bytes as it may, but one message whatever it has',
  ],
  [
    'pages that begin at their position',
    spoiled(({ mailbox }) => ({
      mailbox: { read: (box, after, limits) => mailbox.read(box, after - 1, limits) },
    })),
    'page by page everything is read once',
  ],
  [
    'messages that are gone when they were read',
    spoiled(({ mailbox }) => ({
      mailbox: {
        read: async (box, after, limits) => {
          const found = await mailbox.read(box, after, limits);
          await mailbox.acknowledge([{ box, positions: found.map(({ position }) => position) }]);
          return found;
        },
      },
    })),
    'reading takes nothing away',
  ],
  [
    'all messages up to the one that is acknowledged',
    spoiled(({ mailbox }) => ({
      mailbox: {
        acknowledge: async (acknowledgements) => {
          for (const { box, positions } of acknowledgements) {
            const all = (await mailbox.read(box, 0, MUCH)).map(({ position }) => position);
            const last = Math.max(0, ...positions);
            await mailbox.acknowledge([{ box, positions: all.filter((position) => position <= last) }]);
          }
        },
      },
    })),
    'what is acknowledged is gone, in any order, and nothing else',
  ],
  [
    'a message that is gone everywhere when it was acknowledged in one box',
    spoiled(({ mailbox }) => ({
      mailbox: {
        acknowledge: async (acknowledgements) => {
          for (const { box, positions } of acknowledgements) {
            const gone = (await mailbox.read(box, 0, MUCH)).filter(({ position }) => positions.includes(position));
            for (const other of await mailbox.fullest(1000)) {
              const shared = (await mailbox.read(other, 0, MUCH)).filter(({ bytes }) =>
                gone.some((each) => String(each.bytes) === String(bytes)),
              );
              await mailbox.acknowledge([{ box: other, positions: shared.map(({ position }) => position) }]);
            }
          }
        },
      },
    })),
    'a message in several boxes is removed in one, and stays in the others',
  ],
  [
    'positions whichever the box is',
    spoiled(({ mailbox }) => ({
      mailbox: {
        acknowledge: async (acknowledgements) => {
          for (const { positions } of acknowledgements)
            for (const box of await mailbox.fullest(1000)) await mailbox.acknowledge([{ box, positions }]);
        },
      },
    })),
    'positions of which there is nothing are no error, and change nothing',
  ],
  [
    'what came at the time, too',
    spoiled(({ mailbox }) => ({ mailbox: { expire: (before) => mailbox.expire(before + 1e-6) } })),
    'what came before a time is gone, and what came then or later stays',
  ],
  [
    'a message counted once, however many boxes it was in',
    spoiled(({ mailbox }) => ({
      mailbox: {
        expire: async (before) => {
          const old = new Set<string>();
          for (const box of await mailbox.fullest(1000))
            for (const { bytes, keptAt } of await mailbox.read(box, 0, MUCH))
              if (keptAt < before) old.add(String(bytes));
          await mailbox.expire(before);
          return old.size;
        },
      },
    })),
    'a message in several boxes is gone in all, and counted in each',
  ],
  [
    'a thousand at most',
    spoiled(({ mailbox }) => ({
      mailbox: {
        expire: async (before) => {
          let count = 0;
          for (const box of await mailbox.fullest(1000)) {
            const old = (await mailbox.read(box, 0, MUCH)).filter(({ keptAt }) => keptAt < before).slice(0, 1000);
            await mailbox.acknowledge([{ box, positions: old.map(({ position }) => position) }]);
            count += old.length;
          }
          return count;
        },
      },
    })),
    'however many there are, all of them are removed in one call',
  ],
  [
    'a time that is not that of the first message',
    usage((each) => ({ ...each, oldestAt: each.oldestAt + 1 })),
    'usage tells of each terminal of a user what waits there, and since when',
  ],
  [
    'boxes that stay when they are empty',
    spoiled(({ mailbox }) => {
      const boxes = new Set<string>();
      return {
        mailbox: {
          append: (postings, limits) => {
            for (const each of postings) for (const box of each.boxes ?? []) boxes.add(JSON.stringify(box));
            return mailbox.append(postings, limits);
          },
          total: async () => ({ ...(await mailbox.total()), boxes: boxes.size }),
        },
      };
    }),
    'a box in which nothing waits any more is not told of',
  ],
  [
    'the emptiest boxes first',
    spoiled(({ mailbox }) => ({
      mailbox: {
        fullest: async (limit) =>
          [...(await mailbox.fullest(1000))].sort((one, other) => one.messages - other.messages).slice(0, limit),
      },
    })),
    'the boxes with most messages come first, and no more than are wanted',
  ],
  [
    'bytes that are counted once, however many boxes they are in',
    spoiled(({ mailbox }) => ({
      mailbox: {
        total: async () => {
          const total = await mailbox.total();
          return total.boxes < 3 ? total : { ...total, bytes: total.bytes / 2 };
        },
      },
    })),
    'the total counts boxes, and messages and bytes once a box',
  ],
];
