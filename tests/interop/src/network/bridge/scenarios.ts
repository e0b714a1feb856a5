/** Rows between people at two stations. Each is run in both directions: `first` is at our station in one, at the peer's in the other. */
import { Difference } from '../../exchange.ts';
import type { Direction } from '../../run.ts';
import { PAIR_SCENARIOS } from '../pair-scenarios.ts';
import { joinByOurs, type BridgeMeeting } from './neighbors.ts';

/** A row. */
export interface BridgeScenario {
  readonly name: string;
  /** Both, if not given. */
  readonly directions?: readonly Direction[];
  run(meeting: BridgeMeeting): Promise<void>;
}

const rows: Readonly<Record<string, (meeting: BridgeMeeting) => Promise<void>>> = {
  'receipt: it was passed on': async ({ first, second, words }) => {
    const text = words('On its way to another station');
    await first.text(second.id, text);
    await first.isToldPassedOn(text);
    await second.reads({ from: first.id, words: text });
    await first.isToldReceived(text, second.id);
  },

  'to somebody who is away': async ({ first, second, words }) => {
    const text = words('You are away, and at another station');
    await second.goAway();
    try {
      await first.text(second.id, text);
      await first.isToldPassedOn(text);
    } finally {
      await second.comeBack();
    }
    await second.reads({ from: first.id, words: text });
  },

  'to somebody who has moved here': async ({ first, second, words, homeOfFirst, homeOfSecond }) => {
    const text = words('You are here');
    await second.moveTo(homeOfFirst);
    try {
      await first.text(second.id, text);
      await second.reads({ from: first.id, words: text });
      await first.isToldReceived(text, second.id);
    } finally {
      await second.moveTo(homeOfSecond);
    }
  },

  /** Both have boxes for the receiver, who was here and there. */
  'once, where both stations know the receiver': async ({ first, second, words }) => {
    const texts = Array.from({ length: 5 }, (_, index) => words(`Whose of you is it? ${index}`));
    for (const text of texts) await first.text(second.id, text);
    for (const text of texts) await second.reads({ from: first.id, words: text });
    // A second copy from either station would have come before it.
    const last = words('That was all');
    await first.text(second.id, last);
    await second.reads({ from: first.id, words: last });
    // The peer's client shows another time what it had not acknowledged when it went away.
    for (const text of [...texts, last]) await first.isToldReceived(text, second.id);
    for (const text of [...texts, last]) {
      const times = second.timesRead(text);
      if (times !== 1) throw new Difference(`${second.name} reads "${text}" ${times} times`);
    }
  },
};

/** A row that some wait for in vain, so that it takes long. */
export const MOVING: BridgeScenario = {
  name: 'to somebody who moves here meanwhile',
  run: async ({ first, second, words, homeOfFirst, homeOfSecond }) => {
    const text = words('You were there');
    await second.goAway();
    try {
      await first.text(second.id, text);
      await first.isToldPassedOn(text);
      await second.moveTo(homeOfFirst);
      await second.reads({ from: first.id, words: text, patienceMs: 8000 });
      await first.isToldReceived(text, second.id);
    } finally {
      await second.moveTo(homeOfSecond);
    }
  },
};

/** All other rows, in the order in which they run. */
export const BRIDGE_SCENARIOS: readonly BridgeScenario[] = [
  ...PAIR_SCENARIOS,
  ...Object.entries(rows).map(([name, run]) => ({ name, run })),
];

/** Of them, those that say most. */
export const FEW_SCENARIOS: readonly BridgeScenario[] = BRIDGE_SCENARIOS.filter(({ name }) =>
  ['first contact', 'a text and its answer', 'receipt: it was passed on', 'to somebody who is away'].includes(name),
);

/**
 * Rows behind all others, where our station has made a connection beside the one of the peer's bridge. The peer's station does not
 * see at once that one was cut: what it sends over it then does not come before the reader logs in again.
 */
export const APART_SCENARIOS: readonly BridgeScenario[] = [
  {
    name: 'while one of two connections is cut',
    directions: ['to peer'],
    run: async ({ first, second, words, neighbors }) => {
      const [during, after] = [words('The short way is closed'), words('It is open again')];
      neighbors.link.cut();
      try {
        await first.text(second.id, during);
        await second.reads({ from: first.id, words: during });
      } finally {
        await joinByOurs(neighbors);
      }
      await first.text(second.id, after);
      await second.reads({ from: first.id, words: after });
    },
  },
];
