/** Engines that confuse names, mix up calls, or forget. */
import type { EngineSamples } from 'dimtestkit/engine';
import { memoryEngine, type Box, type Engine } from '../../src/index.ts';
import { MUCH, posting, spoiled, type WrongEngine } from './wrong-engine.ts';

/** Boxes by other names, on their way into the mailbox. */
const boxes = (change: (box: Box) => Box): EngineSamples =>
  spoiled(({ mailbox }) => ({
    mailbox: {
      append: (postings, limits) =>
        mailbox.append(
          postings.map((each) => ({ ...each, boxes: each.boxes.map(change) })),
          limits,
        ),
      read: (box, after, limits) => mailbox.read(change(box), after, limits),
    },
  }));

/** Records at other places. */
const places = (change: <P extends { readonly table: string; readonly key: string }>(place: P) => P): EngineSamples =>
  spoiled(({ records }) => ({
    records: {
      write: (changes) => records.write(changes.map(change)),
      read: (table, key) => {
        const place = change({ table, key });
        return records.read(place.table, place.key);
      },
    },
  }));

const smallest = (text: string): string => text.toLowerCase();

/** Forgets what is chosen when it is opened again. */
const forgetting = (forget: (engine: Engine) => Promise<void>): EngineSamples => ({
  open: () => memoryEngine(),
  reopen: async (engine) => {
    await forget(engine);
    return engine;
  },
});

/** Calls that do nothing of the checks of the engine in memory. */
const unchecked =
  (engine: Engine): Engine['mailbox']['append'] =>
  async (postings, limits) => {
    const all = [];
    for (const each of postings) all.push(...(await engine.mailbox.append([each], limits)));
    return all;
  };

export const WRONG_NAMES: readonly WrongEngine[] = [
  [
    'users in small letters',
    boxes(({ user, terminal }) => ({ user: smallest(user), terminal })),
    'of two boxes with another user none has what is in the other',
  ],
  [
    'terminals in one form of Unicode',
    boxes(({ user, terminal }) => ({ user, terminal: terminal.normalize('NFC') })),
    'of two boxes with another terminal none has what is in the other',
  ],
  [
    'the first letters of marks',
    posting((each) => ({ ...each, mark: each.mark?.slice(0, 255) })),
    'of two marks that differ none is known by the other',
  ],
  [
    'tables without spaces',
    places((place) => ({ ...place, table: place.table.trim() })),
    'of two records with another table none is the other',
  ],
  [
    'keys without lone surrogates',
    places((place) => ({ ...place, key: Buffer.from(place.key, 'utf8').toString('utf8') })),
    'of two records with another key none is the other',
  ],
  [
    'keys in the order of code points',
    spoiled(({ records }) => ({
      records: {
        list: async (table, after, limit) => {
          const all = [...(await records.list(table, '', 10_000))];
          const points = (key: string) =>
            Array.from(key, (letter) => letter.codePointAt(0)?.toString(16).padStart(6, '0')).join();
          all.sort((one, other) => (points(one.key) < points(other.key) ? -1 : 1));
          const start = after === '' ? 0 : all.findIndex(({ key }) => key === after) + 1;
          return all.slice(start, start + limit);
        },
      },
    })),
    'records are listed by their keys in the order of code units, from an empty text on',
  ],
];

export const WRONG_CALLS: readonly WrongEngine[] = [
  [
    'one posting after the other',
    spoiled((engine) => ({ mailbox: { append: unchecked(engine) } })),
    'of a call with a posting that is refused, nothing is kept',
  ],
  [
    'calls that fail together',
    spoiled(({ mailbox }) => {
      let batch: Promise<unknown> = Promise.resolve();
      return {
        mailbox: {
          append: async (postings, limits) => {
            const done = mailbox.append(postings, limits);
            batch = Promise.all([batch, done]);
            batch.catch(() => undefined);
            await Promise.resolve();
            await batch;
            return done;
          },
        },
      };
    }),
    'what goes on beside a call that is refused is done',
  ],
  [
    'bytes that still are the caller’s',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: async (postings, limits) => {
          await Promise.resolve();
          return mailbox.append(postings, limits);
        },
      },
    })),
    'what a caller changes after a call does not reach the engine',
  ],
  [
    'bytes that still are the engine’s',
    spoiled(({ mailbox }) => {
      const read = new Map<number, Uint8Array>();
      return {
        mailbox: {
          read: async (box, after, limits) =>
            (await mailbox.read(box, after, limits)).map((message) => {
              const bytes = read.get(message.position) ?? message.bytes;
              read.set(message.position, bytes);
              return { ...message, bytes };
            }),
        },
      };
    }),
    'what a caller does with an answer does not reach the engine',
  ],
  [
    'reading that does not wait for writing',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: async (postings, limits) => {
          const own = postings.map((each) => ({ ...each, boxes: [...each.boxes], bytes: each.bytes.slice() }));
          await Promise.resolve();
          return mailbox.append(own, limits);
        },
      },
    })),
    'calls that are made one after the other take effect in this order',
  ],
  [
    'what is looked for before others are done',
    spoiled(({ mailbox }) => ({
      mailbox: {
        append: async (postings, limits) => {
          const [first] = postings;
          const [box] = first?.boxes ?? [];
          const before = box === undefined ? [] : await mailbox.read(box, 0, MUCH);
          await Promise.resolve();
          const isKnown = before.some(({ bytes }) => String(bytes) === String(first?.bytes));
          const renamed = postings.map((each) => (isKnown ? each : { ...each, mark: `${each.mark} ${Math.random()}` }));
          return mailbox.append(renamed, limits);
        },
      },
    })),
    'of many calls at once each is done, once',
  ],
];

export const WRONG_ENDINGS: readonly WrongEngine[] = [
  [
    'messages that are there again',
    forgetting(async ({ mailbox }) => {
      for (const box of await mailbox.fullest(1000)) {
        const all = await mailbox.read(box, 0, MUCH);
        await mailbox.acknowledge([{ box, positions: all.map(({ position }) => position) }]);
        for (const { bytes, keptAt } of all)
          await mailbox.append([{ boxes: [box], sender: '', bytes, mark: '', keptAt }], MUCH);
      }
    }),
    'messages that were kept or removed are so after a restart',
  ],
  [
    'records that are forgotten',
    forgetting(async ({ records }) => {
      await records.prune('table', Infinity, 1000);
    }),
    'records that were written or removed are so after a restart',
  ],
  [
    'an engine that goes on when it is closed',
    spoiled(() => ({ close: () => Promise.resolve() })),
    'whatever is asked of a closed engine is refused: STORE_CLOSED',
  ],
  [
    'an engine that is closed once',
    spoiled((engine) => {
      let isClosed = false;
      return {
        close: async () => {
          if (isClosed) throw new Error('closed already');
          isClosed = true;
          return engine.close();
        },
      };
    }),
    'an engine may be closed twice',
  ],
  [
    'calls that are given up when it is closed',
    spoiled((engine) => {
      let isClosed = false;
      return {
        close: () => {
          isClosed = true;
          return engine.close();
        },
        mailbox: {
          append: async (postings, limits) => {
            await Promise.resolve();
            if (isClosed) throw new Error('closed');
            return engine.mailbox.append(postings, limits);
          },
        },
      };
    }),
    'what was asked before closing is done',
  ],
];
