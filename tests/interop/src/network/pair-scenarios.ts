/** Rows between two people, wherever their stations are. */
import { randomBytes } from 'node:crypto';
import { same } from '../exchange.ts';
import type { Talker } from './person.ts';

/** Two people, and words that nobody wrote before. */
export interface Pair<P extends Talker = Talker> {
  readonly first: P;
  readonly second: P;
  /** A text that nobody wrote before. */
  readonly words: (about: string) => string;
}

/** A row that needs nobody else. */
export interface PairScenario {
  readonly name: string;
  run(pair: Pair): Promise<void>;
}

const rows: Readonly<Record<string, (pair: Pair) => Promise<void>>> = {
  /** Neither knows anything of the other. It must come first. */
  'first contact': async ({ first, second, words }) => {
    const text = words('Who are you?');
    await first.text(second.id, text);
    await second.reads({ from: first.id, words: text });
  },

  'a text and its answer': async ({ first, second, words }) => {
    const [text, answer] = [words('Grüße, 你好, 👋🏽 "quoted"\n{"second": "line"}'), words('And to you')];
    await first.text(second.id, text);
    await second.reads({ from: first.id, words: text });
    await second.text(first.id, answer);
    await first.reads({ from: second.id, words: answer });
  },

  'a text of 100 KB': async ({ first, second, words }) => {
    const text = words('long '.padEnd(100_000, 'text '));
    await first.text(second.id, text);
    await second.reads({ from: first.id, words: text });
  },

  'ten texts in order': async ({ first, second, words }) => {
    const texts = Array.from({ length: 10 }, (_, index) => words(`number ${index}`));
    for (const text of texts) await first.text(second.id, text);
    for (const text of texts) await second.reads({ from: first.id, words: text });
  },

  'receipt: it was received': async ({ first, second, words }) => {
    const text = words('Did you get this?');
    await first.text(second.id, text);
    await second.reads({ from: first.id, words: text });
    await first.isToldReceived(text, second.id);
  },

  'a file': async ({ first, second, words }) => {
    const [filename, data] = [`${words('picture').replaceAll(/\W+/g, '-')}.jpeg`, randomBytes(5000)];
    await first.sendFile(second.id, { filename, data });
    const received = await second.receivesFile(first.id, filename);
    same('the file', data.toString('base64'), Buffer.from(received).toString('base64'));
  },
};

/** All of them, in the order in which they run. */
export const PAIR_SCENARIOS: readonly PairScenario[] = Object.entries(rows).map(([name, run]) => ({ name, run }));
