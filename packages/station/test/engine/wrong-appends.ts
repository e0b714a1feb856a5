/** Engines that lose or mix up what comes. */
import type { Box, Posting, PostingOutcome } from '../../src/index.ts';
import { MUCH, posting, reading, spoiled, upTo, type WrongEngine } from './wrong-engine.ts';

const lastOf = (outcomes: readonly PostingOutcome[]): number =>
  Math.max(0, ...outcomes.map((each) => (each.is === 'full' ? 0 : each.position)));

export const WRONG_APPENDS: readonly WrongEngine[] = [
  [
    'a box that nobody wrote to',
    spoiled(({ mailbox }) => ({ mailbox: { total: async () => ({ ...(await mailbox.total()), boxes: 1 }) } })),
    'an empty mailbox has nothing to read, and counts of 0',
  ],
  [
    'the order of the times of messages',
    reading((all, after, { messages, bytes }) =>
      upTo(
        [...all].sort((one, other) => one.keptAt - other.keptAt).filter(({ position }) => position > after),
        bytes,
      ).slice(0, messages),
    ),
    'messages are read in the order in which they came, with bytes and times',
  ],
  [
    'times in whole seconds',
    posting((each) => ({ ...each, keptAt: Math.floor(each.keptAt) })),
    'messages are read in the order in which they came, with bytes and times',
  ],
  [
    'positions that begin at 0',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: async (postings, limits) =>
          (await mailbox.append(postings, limits)).map((outcomes) =>
            outcomes.map((each) => (each.is === 'full' ? each : { ...each, position: each.position - 1 })),
          ),
      },
    })),
    'positions are whole numbers above 0 that rise, and reading tells the same ones',
  ],
  [
    'positions that begin anew when all is removed',
    spoiled(({ mailbox }) => {
      let offset = 0;
      let last = 0;
      return {
        mailbox: {
          append: async (postings, limits) => {
            if ((await mailbox.total()).messages === 0) offset = last;
            const found = await mailbox.append(postings, limits);
            last = Math.max(last, lastOf(found.flat()));
            return found.map((outcomes) =>
              outcomes.map((each) => (each.is === 'full' ? each : { ...each, position: each.position - offset })),
            );
          },
        },
      };
    }),
    'a position is never used again, also when everything was removed',
  ],
  [
    'the first box of a posting alone',
    posting((each) => ({ ...each, boxes: each.boxes.slice(0, 1) })),
    'a message in several boxes is in each of them',
  ],
  [
    'a box for all who have none',
    posting((each) => (each.boxes.length > 0 ? each : { ...each, boxes: [{ user: '', terminal: '' }] })),
    'a posting without boxes, and a call without postings, keep nothing',
  ],
  [
    'messages of one megabyte at most',
    posting((each) => ({ ...each, bytes: each.bytes.slice(0, 1024 * 1024) })),
    'messages of no bytes, and of several megabytes, come back',
  ],
  [
    'the whole buffer that bytes are a part of',
    posting((each) => ({ ...each, bytes: new Uint8Array(each.bytes.buffer) })),
    'messages of no bytes, and of several megabytes, come back',
  ],
  [
    'marks that are not looked at',
    posting((each) => ({ ...each, mark: `${each.mark} ${Math.random()}` })),
    'what has the mark of a message in the box is known, at its position',
  ],
  [
    'marks that are looked at before a call alone',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: (postings, limits) => {
          const seen = new Set<string>();
          const marked = (each: Posting): Posting => {
            const again = seen.has(each.mark);
            seen.add(each.mark);
            return again ? { ...each, mark: `${each.mark} ${seen.size}` } : each;
          };
          return mailbox.append(postings.map(marked), limits);
        },
      },
    })),
    'a mark that comes twice in one call is known the second time',
  ],
  [
    'marks of a user, whichever terminal',
    spoiled(({ mailbox }) => {
      const seen = new Map<string, number>();
      return {
        mailbox: {
          append: async (postings, limits) => {
            const all: (readonly PostingOutcome[])[] = [];
            for (const each of postings) {
              const outcomes: PostingOutcome[] = [];
              for (const box of each.boxes) {
                const key = `${box.user} ${each.mark}`;
                const known = seen.get(key);
                const [[first] = []] =
                  known === undefined ? await mailbox.append([{ ...each, boxes: [box] }], limits) : [[]];
                outcomes.push(first ?? { is: 'known', position: known ?? 0 });
                if (first?.is === 'kept') seen.set(key, first.position);
              }
              all.push(outcomes);
            }
            return all;
          },
        },
      };
    }),
    'a mark that is known in one box is new in another',
  ],
  [
    'marks that are remembered for ever',
    spoiled(({ mailbox }) => {
      const seen = new Map<string, number>();
      return {
        mailbox: {
          append: async (postings, limits) => {
            const keyOf = (each: Posting, box: Box | undefined) => JSON.stringify([box, each.mark]);
            const found = await mailbox.append(postings, limits);
            return found.map((outcomes, index) =>
              outcomes.map((outcome, place) => {
                const each = postings[index];
                if (each === undefined || outcome.is === 'full') return outcome;
                const key = keyOf(each, each.boxes[place]);
                const known = seen.get(key);
                seen.set(key, known ?? outcome.position);
                return known === undefined ? outcome : { is: 'known', position: known };
              }),
            );
          },
        },
      };
    }),
    'a mark is new again when its message was removed',
  ],
  [
    'a limit for each box',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: async (postings, limits) => {
          const all: (readonly PostingOutcome[])[] = [];
          for (const each of postings) {
            const outcomes: PostingOutcome[] = [];
            for (const box of each.boxes) {
              const of = (await mailbox.usage(box.user)).find(({ terminal }) => terminal === box.terminal);
              const isFull =
                (of?.messages ?? 0) >= limits.messages || (of?.bytes ?? 0) + each.bytes.length > limits.bytes;
              const [[first] = []] = isFull ? [] : await mailbox.append([{ ...each, boxes: [box] }], MUCH);
              outcomes.push(first ?? { is: 'full' });
            }
            all.push(outcomes);
          }
          return all;
        },
      },
    })),
    'no more messages wait for a user than may, in all boxes together',
  ],
  [
    'no limit of bytes',
    spoiled(({ mailbox }) => ({
      mailbox: { append: (postings, limits) => mailbox.append(postings, { ...limits, bytes: Infinity }) },
    })),
    'no more bytes wait for a user than may, counted once a box',
  ],
  [
    'no share of a sender',
    spoiled(({ mailbox }) => ({
      mailbox: { append: (postings, limits) => mailbox.append(postings, { ...limits, senderShare: undefined }) },
    })),
    'of one sender no more messages wait for a user than a share of what is free, in all boxes together',
  ],
  [
    'a share of messages alone',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: (postings, limits) =>
          mailbox.append(postings, limits.senderShare === undefined ? limits : { ...limits, bytes: Infinity }),
      },
    })),
    'of one sender no more bytes wait for a user than a share of what is free',
  ],
  [
    'a share that is never free again',
    spoiled(({ mailbox }) => {
      let isGone = false;
      return {
        mailbox: {
          append: (postings, limits) => mailbox.append(postings, isGone ? { ...limits, senderShare: 0 } : limits),
          acknowledge: async (acknowledgements) => {
            isGone = true;
            return mailbox.acknowledge(acknowledgements);
          },
        },
      };
    }),
    'what is removed makes room for its sender',
  ],
  [
    'no part of strangers',
    spoiled(({ mailbox }) => ({
      mailbox: { append: (postings, limits) => mailbox.append(postings, { ...limits, strangersPart: undefined }) },
    })),
    'of all strangers together no more messages wait for a user than their part, in all boxes, and others have the rest',
  ],
  [
    'a part of strangers for all',
    posting((each) => ({ ...each, isFromStranger: each.isFromStranger !== undefined })),
    'who was a stranger and is none any more has the room of those who are none',
  ],
  [
    'a part of messages alone',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: (postings, limits) =>
          mailbox.append(postings, limits.strangersPart === undefined ? limits : { ...limits, bytes: Infinity }),
      },
    })),
    'of all strangers together no more bytes wait for a user than their part',
  ],
  [
    'a part that is never free again',
    spoiled(({ mailbox }) => {
      let isGone = false;
      return {
        mailbox: {
          append: (postings, limits) =>
            mailbox.append(
              postings,
              isGone && limits.strangersPart !== undefined ? { ...limits, strangersPart: 0 } : limits,
            ),
          acknowledge: async (acknowledgements) => {
            isGone = true;
            return mailbox.acknowledge(acknowledgements);
          },
        },
      };
    }),
    'what is removed of strangers makes room for others of them',
  ],
  ...(
    [
      ['totalBytes', 'no more bytes wait for all users together than may, and what is removed makes room'],
      ['senderTotalBytes', 'of one sender no more bytes wait for all users together than may'],
      ['toStrangersBytes', 'for all together who have never been here no more bytes wait than may'],
    ] as const
  ).map(([limit, rule]): WrongEngine => [
    `no ${limit}`,
    spoiled(({ mailbox }) => ({
      mailbox: { append: (postings, limits) => mailbox.append(postings, { ...limits, [limit]: undefined }) },
    })),
    rule,
  ]),
  [
    'a posting that is full everywhere as soon as one box is',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: async (postings, limits) => {
          const all: (readonly PostingOutcome[])[] = [];
          for (const each of postings) {
            const used = await Promise.all(each.boxes.map(async ({ user }) => mailbox.usage(user)));
            const isFull = used.some(
              (boxes) => boxes.reduce((sum, { messages }) => sum + messages, 0) >= limits.messages,
            );
            const [found = []] = isFull
              ? [each.boxes.map((): PostingOutcome => ({ is: 'full' }))]
              : await mailbox.append([each], limits);
            all.push(found);
          }
          return all;
        },
      },
    })),
    'one box of a posting may be full, and others not',
  ],
  [
    'a limit that is asked before what is known',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: async (postings, limits) => {
          const used = await mailbox.usage(postings[0]?.boxes[0]?.user ?? '');
          const messages = used.reduce((sum, each) => sum + each.messages, 0);
          if (messages < limits.messages) return mailbox.append(postings, limits);
          return postings.map(({ boxes }) => boxes.map((): PostingOutcome => ({ is: 'full' })));
        },
      },
    })),
    'what is known needs no room, and what was removed makes some',
  ],
];
