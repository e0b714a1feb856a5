/** What happens to the devices of a trial, by its seed. */
import { Chance } from './chance.ts';
import type { Death } from './speech.ts';

/** A blow. */
export interface Blow {
  /** It comes once so many texts are kept at both together. */
  readonly at: number;
  readonly kind:
    /** A process is killed at any moment. */
    | 'killed'
    /** The same, and the next one while it starts. */
    | 'killed-again'
    /** It kills itself at a place that nobody would hit. */
    | 'dies'
    /** Nothing comes through its connection any more, and it does not know; some time later it is killed. */
    | 'silenced'
    /** Both are killed, and all clocks go on: so much was on its way that it goes out again. */
    | 'power-cut'
    /** The station starts anew. */
    | 'station';
  /** Which device. */
  readonly whom: 0 | 1;
  /** How long to wait with it, in milliseconds. */
  readonly pause: number;
  /** How long to wait with the second one of `killed-again`, in milliseconds. */
  readonly again: number;
  /** Where it kills itself. */
  readonly death: Death;
  /** How far clocks go on, in seconds. */
  readonly seconds: number;
}

const KINDS = [
  'killed',
  'killed',
  'killed',
  'killed-again',
  'dies',
  'dies',
  'dies',
  'silenced',
  'power-cut',
  'station',
] as const satisfies readonly Blow['kind'][];

const PLACES = [
  'before-commit',
  'after-commit',
  'before-commit-of-send',
  'after-commit-of-send',
  'before-acknowledgement',
  'after-handover',
] as const satisfies readonly Death['at'][];

/** Blows by chance, spread over a number of texts. */
export function planOf(seed: number, count: number, texts: number): readonly Blow[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, (_, index) => ({
    at: Math.floor(((index + chance.fraction()) * texts) / (count + 1)),
    kind: chance.pick(KINDS),
    whom: chance.pick([0, 1]),
    pause: chance.integer(0, 40),
    again: chance.integer(0, 400),
    death: { at: chance.pick(PLACES), count: chance.integer(1, 12) },
    seconds: chance.integer(30, 300),
  }));
}
