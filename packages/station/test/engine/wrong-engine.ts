/** Engines that are wrong in one thing each. */
import type { EngineSamples } from 'dimtestkit/engine';
import {
  memoryEngine,
  type Engine,
  type Mailbox,
  type Posting,
  type Records,
  type StoredMessage,
} from '../../src/index.ts';

/** What is wrong, an engine that is so, and the rule that it breaks. */
export type WrongEngine = readonly [what: string, samples: EngineSamples, rule: string];

/** What a wrong engine does in another way than the engine in memory. */
export interface Spoiling {
  readonly mailbox?: Partial<Mailbox>;
  readonly records?: Partial<Records>;
  readonly close?: () => Promise<void>;
}

/** Its parts stay the same ones, so that closing and opening it again is a restart of an engine that remembers. */
function wrapped(engine: Engine, spoil: (engine: Engine) => Spoiling): Engine {
  const { mailbox, records, close } = spoil(engine);
  return {
    mailbox: { ...engine.mailbox, ...mailbox },
    records: { ...engine.records, ...records },
    close: close ?? (() => engine.close()),
  };
}

/** The samples of an engine with some of its calls replaced. */
export function spoiled(spoil: (engine: Engine) => Spoiling): EngineSamples {
  // What the engine in memory has is there after a restart, as it was not closed.
  return { open: () => wrapped(memoryEngine(), spoil), reopen: (engine) => engine };
}

/** Each posting as others, on its way into the mailbox. */
export function posting(change: (posting: Posting) => Posting): EngineSamples {
  return spoiled(({ mailbox }) => ({
    mailbox: { append: (postings, limits) => mailbox.append(postings.map(change), limits) },
  }));
}

export const MUCH = { messages: 1e9, bytes: 1e12 } as const;

/** Reads everything, and gives what is chosen of it. */
export const reading = (
  choose: (all: readonly StoredMessage[], after: number, limits: typeof MUCH) => readonly StoredMessage[],
) =>
  spoiled(({ mailbox }) => ({
    mailbox: {
      read: async (box, after, limits) => choose(await mailbox.read(box, 0, MUCH), after, limits as typeof MUCH),
    },
  }));

export const upTo = (messages: readonly StoredMessage[], bytes: number): readonly StoredMessage[] => {
  let sum = 0;
  return messages.filter(({ bytes: { length } }) => (sum += length) <= bytes);
};
